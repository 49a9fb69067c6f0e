"""Who waits moves up when places are free: strictly in the order of the numbers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.accounts.recipients import recipient_of_account
from talentsvc.core.clock import now
from talentsvc.events.messages import visits as messages
from talentsvc.events.models import Event, FairSession, Visit
from talentsvc.events.registering import lock_session
from talentsvc.events.rules.visiting import free_places, visits_that_move_up
from talentsvc.events.telling import tell
from talentsvc.events.terms.event import EventState, PlacesRaised, SessionState
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import MOST_AT_ONCE, VisitorPlaceFreed, VisitStep
from talentsvc.events.visiting import lock_visit, move_visit
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job

JOB_KIND = "promote_visits"


def promote_visits(happened: VisitorPlaceFreed | PlacesRaised) -> None:
    """Let as many move up as there are places; more than a handful become a job, one visit an item."""
    session = lock_session(happened.session_id)
    moved_up = _next_in_line(session)
    if len(moved_up) > MOST_AT_ONCE:
        start_job(JOB_KIND, {"session": str(session.id)}, moved_up, asked_by=None, at=now())
        return
    for visit_id in moved_up:
        _promote(session, visit_id)


def promote_visit(visit_id: UUID) -> None:
    """Let one move up, if a place is still free: the job's step, safe to repeat."""
    session, visit = lock_visit(visit_id)
    free = free_places(session.visitor_places, session.visitors_taken)
    if visit.place is PlaceState.WAITING and free != 0:
        _promote(session, visit_id)


def _next_in_line(session: FairSession) -> list[UUID]:
    event = db.session.get_one(Event, session.event_id)
    if session.state is SessionState.CANCELLED or event.state is not EventState.PUBLISHED:
        return []
    waiting = db.session.execute(
        select(Visit.queue_number, Visit.id).where(
            Visit.session_id == session.id, Visit.place == PlaceState.WAITING
        )
    ).all()
    free = free_places(session.visitor_places, session.visitors_taken)
    pairs = [(number, visit_id) for number, visit_id in waiting if number is not None]
    return visits_that_move_up(pairs, len(pairs) if free is None else free)


def _promote(session: FairSession, visit_id: UUID) -> None:
    at = now()
    visit = db.session.get_one(Visit, visit_id, populate_existing=True)
    move_visit(session, visit, VisitStep.PROMOTE, actor=CLOCK, at=at)
    event = db.session.get_one(Event, session.event_id)
    recipient = recipient_of_account(visit.account_id)
    tell(messages.VISIT_PROMOTED, recipient, event, session, about=visit.id, at=at)
