"""Tasks in general: one for each cause, due in working days, settled once, in words."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.audit.models import AuditEntry
from talentsvc.core.clock import end_of_day, local_date, now
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.actions.settle_causes import settle_causes
from talentsvc.tasks.actions.settle_task import settle_task
from talentsvc.tasks.terms import TaskKind, TaskState
from tests.notices.outbox import tasks

pytestmark = pytest.mark.usefixtures("app_context")

CLERK = Actor(account_id=uuid7(), roles=frozenset({Role.CLERK}), acting_as="clerk")
SUBJECT = uuid7()


def open_one(**options) -> bool:
    with unit_of_work():
        return open_task(
            options.pop("kind", TaskKind.CALENDAR_MISSING),
            owner=Role.CLERK,
            subject_kind="calendar",
            subject_id=options.pop("subject_id", SUBJECT),
            at=options.pop("at", now()),
            **options,
        )


def settle(text: str, actor: Actor = CLERK) -> None:
    with unit_of_work():
        settle_task(tasks()[0].id, settlement=text, actor=actor, at=now())


def test_one_cause_is_one_task() -> None:
    assert open_one()
    assert not open_one()
    assert open_one(subject_id=uuid7())
    assert open_one(dedupe_key="calendar:2028")
    assert not open_one(dedupe_key="calendar:2028", subject_id=uuid7())
    assert len(tasks()) == 3


def test_it_is_due_in_working_days() -> None:
    """Friday 2026-02-13: Saturday 14 is worked, then the Spring Festival until the 23rd."""
    open_one(at=datetime(2026, 2, 13, 4, tzinfo=UTC))
    due_at = tasks()[0].due_at
    assert due_at == end_of_day(local_date(datetime(2026, 2, 24, 4, tzinfo=UTC)))


def test_settling_says_who_when_and_what() -> None:
    open_one()
    settle("  已上传 2027 年安排  ")
    (task,) = tasks()
    assert task.state is TaskState.SETTLED
    assert task.settlement == "已上传 2027 年安排"
    assert task.settled_by_account_id == CLERK.account_id
    assert task.settled_at is not None
    entry = db.session.execute(select(AuditEntry).where(AuditEntry.action == "settle")).scalar_one()
    assert entry.actor_account_id == CLERK.account_id


def test_it_is_settled_once_and_with_words() -> None:
    open_one()
    with pytest.raises(InvalidInput):
        settle("   ")
    settle("done")
    with pytest.raises(NotAllowedNow):
        settle("again")
    assert tasks()[0].settlement == "done"


def test_another_role_s_task_does_not_exist() -> None:
    open_one()
    reviewer = Actor(account_id=uuid7(), roles=frozenset({Role.REVIEWER}))
    with pytest.raises(NotFoundHere):
        settle("x", reviewer)
    with pytest.raises(NotFoundHere), unit_of_work():
        settle_task(uuid7(), settlement="x", actor=CLERK, at=now())


def test_causes_that_are_gone_settle_their_tasks_and_no_others() -> None:
    open_one(dedupe_key="calendar_missing:2027:a")
    open_one(dedupe_key="calendar_missing:2027_:b", subject_id=uuid7())
    with unit_of_work():
        settle_causes("calendar_missing:2027:", settlement="uploaded", actor=CLERK, at=now())
    assert sorted(task.state for task in tasks()) == ["open", "settled"]
