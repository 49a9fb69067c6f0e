"""Settling tasks whose cause is gone, because the matter itself was finished where it lives."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from talentsvc.access.actor import Actor
from talentsvc.extensions.database import db
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind, TaskState


def settle_tasks_of(kind: TaskKind, subject_id: UUID, *, settlement: str, actor: Actor, at: datetime) -> None:
    """Settle every open task of a kind about a subject; `settlement` says what was done, as a code."""
    db.session.execute(
        update(Task)
        .where(Task.kind == kind, Task.subject_id == subject_id, Task.state == TaskState.OPEN)
        .values(
            state=TaskState.SETTLED,
            settled_at=at,
            settled_by_account_id=actor.account_id,
            settlement=settlement,
        )
    )
