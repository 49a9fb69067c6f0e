"""Messages that ended dead or unsure become tasks: none fails in silence (guarantees.md G16)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from talentsvc.access.roles import Role
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.models import Task
from talentsvc.tasks.queries import (
    KIND_OF_FAILURE,
    NOTICE_SUBJECT,
    is_failed_without_task,
    is_task_of_answered_notice,
    notice_task_key,
)
from talentsvc.tasks.terms import Settlement, TaskState

BATCH = 500


def open_notice_tasks(*, at: datetime) -> int:
    """Open a task for each failure of a message that has none. Returns how many."""
    statement = (
        select(Notice).where(is_failed_without_task()).order_by(Notice.queued_at).limit(BATCH)
    )
    opened = 0
    for notice in db.session.execute(statement).scalars():
        opened += open_task(
            KIND_OF_FAILURE[notice.state],
            owner=Role.CLERK,
            subject_kind=NOTICE_SUBJECT,
            subject_id=notice.id,
            at=at,
            params={
                "kind": notice.kind,
                "error": notice.last_error or "",
                "about_kind": notice.subject_kind,
                "about_id": str(notice.subject_id),
            },
            dedupe_key=notice_task_key(notice),
        )
    return opened


def settle_answered_notice_tasks(*, at: datetime) -> int:
    """Take tasks away whose message is on its way again or arrived after all. Returns how many."""
    settled = db.session.execute(
        update(Task)
        .where(is_task_of_answered_notice())
        .values(state=TaskState.SETTLED, settled_at=at, settlement=Settlement.NO_LONGER_NEEDED)
        .execution_options(synchronize_session=False)
        .returning(Task.id)
    )
    return len(settled.all())
