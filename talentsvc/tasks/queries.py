"""Reads of tasks: which failed messages nobody has been told of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, literal, or_

from talentsvc.notices.models import Notice
from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind, TaskState

#: What kind of task a failed message becomes.
KIND_OF_FAILURE = {
    NoticeState.DEAD: TaskKind.NOTICE_DEAD,
    NoticeState.UNSURE: TaskKind.NOTICE_UNSURE,
}
NOTICE_SUBJECT = "notice"


def notice_task_key(notice: Notice) -> str:
    """The cause of a failed message's task: this very try, so that a later failure is a new task."""
    return f"{KIND_OF_FAILURE[notice.state].value}:{notice.id}:{notice.lease_token}"


def is_failed_without_task() -> ColumnElement[bool]:
    """The condition on `Notice`: dead or unsure, and no task says so (guarantees.md G16)."""
    return or_(*(_without_task(state, kind) for state, kind in KIND_OF_FAILURE.items()))


def is_task_of_answered_notice() -> ColumnElement[bool]:
    """The condition on `Task`: open about a message that is no longer dead or unsure."""
    still_failed = exists().where(Notice.id == Task.subject_id, Notice.state.in_(KIND_OF_FAILURE))
    return and_(Task.subject_kind == NOTICE_SUBJECT, Task.state == TaskState.OPEN, ~still_failed)


def _without_task(state: NoticeState, kind: TaskKind) -> ColumnElement[bool]:
    # The same text as `notice_task_key`; equality with a unique column is one look into its index.
    key: Any = (
        literal(f"{kind.value}:") + cast(Notice.id, Text) + ":" + cast(Notice.lease_token, Text)
    )
    return and_(Notice.state == state, ~exists().where(Task.dedupe_key == key))
