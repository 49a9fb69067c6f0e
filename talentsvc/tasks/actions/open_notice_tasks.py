"""Messages that ended dead or unsure become tasks: none fails in silence (guarantees.md G16)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind

KINDS = {NoticeState.DEAD: TaskKind.NOTICE_DEAD, NoticeState.UNSURE: TaskKind.NOTICE_UNSURE}
BATCH = 500


def open_notice_tasks(*, at: datetime) -> int:
    """Open a task for each failed message that has none. Returns how many."""
    with_task = select(Task.subject_id).where(Task.subject_kind == "notice")
    statement = (
        select(Notice)
        .where(Notice.state.in_(list(KINDS)), Notice.id.not_in(with_task))
        .order_by(Notice.queued_at)
        .limit(BATCH)
    )
    opened = 0
    for notice in db.session.execute(statement).scalars():
        opened += open_task(
            KINDS[notice.state],
            owner=Role.CLERK,
            subject_kind="notice",
            subject_id=notice.id,
            at=at,
            params={"kind": notice.kind, "error": notice.last_error or ""},
        )
    return opened
