"""Settling tasks whose cause is gone, because the matter itself was finished where it lives."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from talentsvc.access.actor import Actor
from talentsvc.extensions.database import db
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskState


def settle_causes(key_prefix: str, *, settlement: str, actor: Actor, at: datetime) -> None:
    """Settle every open task whose dedupe key begins so; `settlement` says what was done, as a code."""
    db.session.execute(
        update(Task)
        .where(
            Task.dedupe_key.startswith(key_prefix, autoescape=True), Task.state == TaskState.OPEN
        )
        .values(
            state=TaskState.SETTLED,
            settled_at=at,
            settled_by_account_id=actor.account_id,
            settlement=settlement,
        )
    )
