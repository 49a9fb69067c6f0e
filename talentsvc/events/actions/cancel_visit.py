"""A person does not come after all; the first who waits gets the place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.errors import NotAllowedNow
from talentsvc.events.models import Visit
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import VisitorPlaceFreed, VisitStep
from talentsvc.events.visiting import lock_visit, move_visit
from talentsvc.extensions.unit_of_work import happen


def cancel_visit(visit_id: UUID, *, actor: Actor, at: datetime) -> Visit:
    """Give one's place, or one's number, back until the session begins.

    Errors: NotFoundHere for somebody else's, NotAllowedNow.
    """
    session, visit = lock_visit(visit_id, account_id=actor.account_id)
    if at >= session.starts_at:
        raise NotAllowedNow(visit.state, VisitStep.CANCEL)
    held_one = visit.place is PlaceState.HELD
    move_visit(session, visit, VisitStep.CANCEL, actor=actor, at=at)
    if held_one and session.visitor_places is not None:
        happen(VisitorPlaceFreed(session.id))
    return visit
