"""The hall of another session is taken over: booths and picture, not who stood there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.errors import InvalidInput
from talentsvc.events.actions.save_hall_plan import save_hall_plan
from talentsvc.events.hallwork import lock_hall, record_hall
from talentsvc.events.models import HallPlan
from talentsvc.events.queries.halls import booths_of, drawing_of, hall_of


def copy_hall_plan(
    session_id: UUID,
    from_session_id: UUID,
    *,
    expected_version: int,
    actor: Actor,
    at: datetime,
) -> HallPlan:
    """Replace a hall by that of another session; booths are new ones.

    Errors: InvalidInput when the other session has no hall; StaleVersion; FlawedDrawing while booths
    that would go are given to companies.
    """
    session, _plan = lock_hall(session_id, expected_version=expected_version)
    other = hall_of(from_session_id)
    if other.plan is None or other.session.id == session_id:
        raise InvalidInput("from_session_id", "no_hall")
    drawing = drawing_of(other.plan, booths_of(other.plan))
    unknown = tuple(replace(booth, id=None) for booth in drawing.booths)
    plan = save_hall_plan(
        session_id,
        replace(drawing, booths=unknown),
        expected_version=expected_version,
        actor=actor,
        at=at,
    )
    plan.background_file_id = other.plan.background_file_id
    record_hall(session, "copy_hall_plan", actor=actor, at=at, copied_from=str(other.session.id))
    return plan
