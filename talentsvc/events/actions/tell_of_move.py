"""A session moved: everybody who has registered as a person is told the new time and place."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.recipients import recipient_of_account
from talentsvc.core.clock import now
from talentsvc.events.messages import visits as messages
from talentsvc.events.models import Event, FairSession, Visit
from talentsvc.events.telling import tell
from talentsvc.events.terms.event import SessionMoved
from talentsvc.events.terms.visit import MOST_AT_ONCE, VisitState
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job

JOB_KIND = "tell_visitors_of_move"


def tell_visitors_of_move(happened: SessionMoved) -> None:
    """Tell each once for each version of the session; many become a job."""
    visits = list(
        db.session.execute(
            select(Visit.id)
            .where(Visit.session_id == happened.session_id, Visit.state == VisitState.REGISTERED)
            .order_by(Visit.id)
        ).scalars()
    )
    if len(visits) > MOST_AT_ONCE:
        params = {"session": str(happened.session_id)}
        start_job(JOB_KIND, params, visits, asked_by=None, at=now())
        return
    for visit_id in visits:
        tell_visitor_of_move(visit_id)


def tell_visitor_of_move(visit_id: UUID) -> None:
    """Tell one; safe to repeat."""
    visit = db.session.get_one(Visit, visit_id)
    if visit.state is not VisitState.REGISTERED:
        return
    session = db.session.get_one(FairSession, visit.session_id)
    event = db.session.get_one(Event, session.event_id)
    tell(
        messages.VISIT_SESSION_MOVED,
        recipient_of_account(visit.account_id),
        event,
        session,
        about=visit.id,
        at=now(),
        version=str(session.version),
    )
