"""Messages that failed are somebody's work until they are sent or seen to (guarantees.md G16)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import update

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.desk.doctor import findings
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.actions.open_notice_tasks import (
    open_notice_tasks,
    settle_answered_notice_tasks,
)
from talentsvc.tasks.actions.send_notice_again import send_notice_again
from talentsvc.tasks.actions.settle_task import settle_task
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind, TaskState
from tests.notices.outbox import SECRET, USUAL, post_one, row, state, tasks

pytestmark = pytest.mark.usefixtures("app_context")

S = NoticeState
CLERK = Actor(account_id=uuid7(), roles=frozenset({Role.CLERK}), acting_as="clerk")
REVIEWER = Actor(account_id=uuid7(), roles=frozenset({Role.REVIEWER}), acting_as="reviewer")


def post_known(**message) -> UUID:
    """A message to somebody we know, as nearly all are."""
    return post_one(account_id=uuid7(), **message)


def fail(notice_id: UUID, standing: NoticeState = S.DEAD) -> None:
    """As a worker leaves a message it gave up, each time with another try's token."""
    with unit_of_work():
        db.session.execute(
            update(Notice)
            .where(Notice.id == notice_id)
            .values(state=standing, lease_token=uuid7(), lease_until=None, last_error="refused 550")
        )


def sweep() -> tuple[int, int]:
    """How many tasks were opened and how many were settled."""
    with unit_of_work():
        opened = open_notice_tasks(at=now())
    with unit_of_work():
        return opened, settle_answered_notice_tasks(at=now())


def open_ones() -> list[Task]:
    return [task for task in tasks() if task.state is TaskState.OPEN]


def unowned() -> int:
    return sum(found.count for found in findings(now()) if found.code == "notices_unowned")


@pytest.mark.parametrize(
    ("standing", "kind"), [(S.DEAD, TaskKind.NOTICE_DEAD), (S.UNSURE, TaskKind.NOTICE_UNSURE)]
)
def test_each_failure_becomes_one_task(standing: NoticeState, kind: TaskKind) -> None:
    notice_id = post_known(email="wang@example.cn", name="欧阳䶮")
    fail(notice_id, standing)
    assert unowned() == 1
    assert sweep() == (1, 0)
    assert sweep() == (0, 0)
    assert unowned() == 0
    (task,) = tasks()
    assert task.kind is kind
    assert task.owner_role == Role.CLERK
    assert task.subject_id == notice_id
    assert task.params == {
        "kind": "application_withdrawn",
        "error": "refused 550",
        "about_kind": "application",
        "about_id": str(row(notice_id).subject_id),
    }
    assert "wang" not in str(task.params)


def test_what_is_on_its_way_or_sent_is_nobody_s_work() -> None:
    post_known()
    fail(post_known(version="2"), S.SENT)
    assert sweep() == (0, 0)
    assert tasks() == []


def test_a_person_s_other_way_ends_task_and_message() -> None:
    notice_id = post_known()
    fail(notice_id)
    sweep()
    with unit_of_work():
        settle_task(tasks()[0].id, settlement="电话告知本人", actor=CLERK, at=now())
    assert state(notice_id) is S.SETTLED
    assert sweep() == (0, 0)
    assert open_ones() == []
    assert unowned() == 0


def test_sending_again_settles_the_task() -> None:
    notice_id = post_known()
    fail(notice_id)
    sweep()
    with unit_of_work():
        send_notice_again(notice_id, actor=CLERK, at=now(), address="new@example.cn")
    assert state(notice_id) is S.QUEUED
    assert row(notice_id).address == "new@example.cn"
    (task,) = tasks()
    assert task.state is TaskState.SETTLED
    assert task.settled_by_account_id == CLERK.account_id


def test_a_second_failure_is_a_second_task() -> None:
    notice_id = post_known()
    fail(notice_id)
    sweep()
    with unit_of_work():
        send_notice_again(notice_id, actor=CLERK, at=now())
    fail(notice_id)
    assert unowned() == 1
    assert sweep() == (1, 0)
    assert len(tasks()) == 2
    assert len(open_ones()) == 1


def test_a_task_goes_away_when_the_answer_came_after_all() -> None:
    notice_id = post_known()
    fail(notice_id, S.UNSURE)
    sweep()
    with unit_of_work():
        db.session.execute(update(Notice).values(state=S.SENT))
    assert sweep() == (0, 1)
    (task,) = tasks()
    assert task.state is TaskState.SETTLED
    assert task.settled_by_account_id is None


def test_other_tasks_are_left_alone() -> None:
    fail(post_known())
    sweep()
    with unit_of_work():
        db.session.execute(update(Task).values(subject_kind="file"))
        db.session.execute(update(Notice).values(state=S.SENT))
    assert sweep() == (0, 0)
    assert len(open_ones()) == 1


def test_waiting_too_long_is_seen_by_the_doctor() -> None:
    post_known(at=now() - timedelta(minutes=20))
    assert [(found.code, found.count) for found in findings(now())] == [("notices_waiting", 1)]


def test_another_role_does_not_see_it() -> None:
    fail(post_known())
    sweep()
    with pytest.raises(Exception, match="not_found"), unit_of_work():
        settle_task(tasks()[0].id, settlement="x", actor=REVIEWER, at=now())
    assert len(open_ones()) == 1


@pytest.mark.parametrize("kind", [SECRET, USUAL])
def test_addresses_of_nobody_do_not_fill_the_desk(kind) -> None:
    """Somebody types in strangers' addresses: one task a day says that and why."""
    with time_machine.travel(datetime(2026, 11, 23, 15, 59, tzinfo=UTC), tick=False) as clock:
        for _ in range(5):
            fail(post_one(kind))
        assert sweep() == (1, 0)
        assert unowned() == 0
        # 24:00 in Shanghai is past, and so is the day.
        clock.shift(timedelta(minutes=1))
        fail(post_one(kind))
        assert unowned() == 1
        assert sweep() == (1, 0)
        assert unowned() == 0
    assert len(tasks()) == 2


def test_a_doubt_about_a_code_is_one_s_own() -> None:
    for _ in range(2):
        fail(post_one(SECRET), S.UNSURE)
    assert sweep() == (2, 0)
