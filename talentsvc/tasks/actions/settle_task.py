"""A person says what was done about a task; a failed message is then seen to as well."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.notices.actions.settle_notice import settle_notice
from talentsvc.tasks.models import Task
from talentsvc.tasks.queries import NOTICE_SUBJECT
from talentsvc.tasks.terms import TaskState


def settle_task(task_id: UUID, *, settlement: str, actor: Actor, at: datetime) -> Task:
    """Settle. Errors: NotFoundHere also for another role's task, NotAllowedNow, InvalidInput."""
    task = db.session.get(Task, task_id, with_for_update=True, populate_existing=True)
    if task is None or task.owner_role not in {role.value for role in actor.roles}:
        raise NotFoundHere()
    if task.state is not TaskState.OPEN:
        raise NotAllowedNow(task.state, "settle")
    if not settlement.strip():
        raise InvalidInput("settlement", "required")
    task.state = TaskState.SETTLED
    task.settled_at = at
    task.settled_by_account_id = actor.account_id
    task.settlement = settlement.strip()
    if task.subject_kind == NOTICE_SUBJECT:
        settle_notice(task.subject_id)
    record(SubjectKind.TASK, task.id, "settle", actor=actor, at=at, after={"kind": task.kind})
    return task
