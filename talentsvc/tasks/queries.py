"""Reads of tasks: which failed messages nobody has been told of."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Text, and_, case, cast, exists, func, or_

from talentsvc.core.clock import SHANGHAI, local_date
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import URGENT, NoticeState
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind, TaskState

#: What kind of task a failed message becomes.
KIND_OF_FAILURE = {
    NoticeState.DEAD: TaskKind.NOTICE_DEAD,
    NoticeState.UNSURE: TaskKind.NOTICE_UNSURE,
}
NOTICE_SUBJECT = "notice"


def notice_task_key(notice: Notice) -> str:
    """The cause of a failed message's task.

    It is this very try, so that a later failure is a new task. A code that could not be delivered,
    or a word to an address of nobody we know, is no person's case: whoever mistypes an address, or
    types in strangers', must not fill the desk. One task a day for each kind and reason says so.
    """
    kind = KIND_OF_FAILURE[notice.state].value
    is_known = notice.account_id is not None or notice.person_id is not None
    if notice.state is NoticeState.DEAD and (notice.priority == URGENT or not is_known):
        day = local_date(notice.queued_at).isoformat()
        return f"{kind}:{notice.kind}:{notice.last_error or ''}:{day}"
    return f"{kind}:{notice.id}:{notice.lease_token}"


def is_failed_without_task() -> ColumnElement[bool]:
    """The condition on `Notice`: dead or unsure, and no task says so (guarantees.md G16)."""
    return or_(*(_without_task(state, kind) for state, kind in KIND_OF_FAILURE.items()))


def is_task_of_answered_notice() -> ColumnElement[bool]:
    """The condition on `Task`: open about a message that is no longer dead or unsure."""
    still_failed = exists().where(Notice.id == Task.subject_id, Notice.state.in_(KIND_OF_FAILURE))
    return and_(Task.subject_kind == NOTICE_SUBJECT, Task.state == TaskState.OPEN, ~still_failed)


def _without_task(state: NoticeState, kind: TaskKind) -> ColumnElement[bool]:
    # The same text as `notice_task_key`; equality with a unique column is one look into its index.
    one = func.concat(kind.value, ":", cast(Notice.id, Text), ":", cast(Notice.lease_token, Text))
    day = func.to_char(func.timezone(str(SHANGHAI), Notice.queued_at), "YYYY-MM-DD")
    daily = func.concat(kind.value, ":", Notice.kind, ":", Notice.last_error, ":", day)
    is_unknown = and_(Notice.account_id.is_(None), Notice.person_id.is_(None))
    is_daily = and_(Notice.state == NoticeState.DEAD, or_(Notice.priority == URGENT, is_unknown))
    key = case((is_daily, daily), else_=one)
    return and_(Notice.state == state, ~exists().where(Task.dedupe_key == key))
