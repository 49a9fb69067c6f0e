"""Visits at work: moved by one function, whose places are counted under the session's lock (G2, G4).

A session without a limit is not locked: nothing gets scarcer there.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.events.models import FairSession, Visit
from talentsvc.events.registering import lock_session
from talentsvc.events.rules.visiting import next_visit_state
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import VisitStep
from talentsvc.extensions.database import db


def open_session(session_id: UUID) -> FairSession:
    """A session to register for: locked if its places are limited. Errors: NotFoundHere."""
    session = db.session.get(FairSession, session_id)
    if session is None:
        raise NotFoundHere()
    return session if session.visitor_places is None else lock_session(session_id)


def lock_visit(visit_id: UUID, *, account_id: UUID | None = None) -> tuple[FairSession, Visit]:
    """Lock a visit and, before it, its session if its places are limited.

    Errors: NotFoundHere, also for somebody else's visit when an account is given.
    """
    found = db.session.get(Visit, visit_id)
    if found is None or account_id not in (None, found.account_id):
        raise NotFoundHere()
    session = open_session(found.session_id)
    visit = db.session.execute(
        select(Visit)
        .where(Visit.id == visit_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    return session, visit


def move_visit(
    session: FairSession, visit: Visit, step: VisitStep, *, actor: Actor, at: datetime
) -> None:
    """Take one step with a visit: the only writer of its state and its place. Errors: NotAllowedNow."""
    before, place_before = visit.state, visit.place
    after, place_after = next_visit_state(before, place_before, step)
    visit.state, visit.place, visit.updated_at = after, place_after, at
    if place_after is not PlaceState.WAITING:
        visit.queue_number = None
    if step is VisitStep.CHECK_IN:
        visit.checked_in_at = at
    if session.visitor_places is not None and place_after is not place_before:
        session.visitors_taken += (place_after is PlaceState.HELD) - (
            place_before is PlaceState.HELD
        )
    record(
        SubjectKind.EVENT_REGISTRATION,
        visit.id,
        step.value,
        actor=actor,
        at=at,
        before={"state": before, "place": place_before},
        after={"state": after, "place": place_after},
    )
    db.session.flush()
