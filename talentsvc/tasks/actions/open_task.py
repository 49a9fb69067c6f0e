"""Opening a task: something that only a person at the desk can finish (guarantees.md G16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from talentsvc.access.roles import Role
from talentsvc.calendar.queries import work_calendar
from talentsvc.core.clock import end_of_day, local_date
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind, TaskState

#: Working days in which a task should be settled, unless its kind says otherwise (design).
USUAL_WORKING_DAYS = 2


def open_task(
    kind: TaskKind,
    *,
    owner: Role,
    subject_kind: str,
    subject_id: UUID,
    at: datetime,
    params: Mapping[str, str] | None = None,
    dedupe_key: str | None = None,
    working_days: int = USUAL_WORKING_DAYS,
) -> bool:
    """Put a task before the holders of a role, once for one cause; False when it is there already.

    The cause is the kind and the subject, unless `dedupe_key` names a narrower one. It is due at
    the end of the given working day after today. `params` holds no personal data.
    """
    due_on = work_calendar().add_working_days(local_date(at), working_days)
    opened = db.session.execute(
        insert(Task)
        .values(
            id=uuid7(),
            kind=kind,
            owner_role=owner.value,
            subject_kind=subject_kind,
            subject_id=subject_id,
            params=dict(params or {}),
            dedupe_key=dedupe_key or f"{kind.value}:{subject_id}",
            state=TaskState.OPEN,
            created_at=at,
            due_at=end_of_day(due_on),
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(Task.id)
    ).scalar_one_or_none()
    return opened is not None
