"""A picture of the hall comes under the grid, or goes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.events.hallwork import begin_plan, lock_hall, record_hall, touch_plan
from talentsvc.events.models import HallPlan
from talentsvc.extensions.database import db
from talentsvc.files.actions.remove_file import remove_file
from talentsvc.files.models import StoredFile


def set_hall_picture(
    session_id: UUID,
    picture: StoredFile | None,
    *,
    expected_version: int,
    actor: Actor,
    at: datetime,
) -> HallPlan:
    """Put a stored picture under the grid, or none. It is shown once the scanner called it clean.

    A picture that no hall shows any more is removed. Errors: StaleVersion.
    """
    session, found = lock_hall(session_id, expected_version=expected_version)
    plan = found or begin_plan(session, at)
    former = plan.background_file_id
    plan.background_file_id = picture.id if picture else None
    touch_plan(plan, at)
    if former is not None and former != plan.background_file_id:
        _remove_unshown(former, at)
    record_hall(session, "set_hall_picture", actor=actor, at=at, has_picture=picture is not None)
    return plan


def _remove_unshown(file_id: UUID, at: datetime) -> None:
    """Copies of a hall share its picture: the last one takes it along."""
    still = select(HallPlan.id).where(HallPlan.background_file_id == file_id).limit(1)
    if db.session.execute(still).scalar_one_or_none() is None:
        remove_file(db.session.get_one(StoredFile, file_id), at=at)
