"""A session does not take place: everybody who registered is told, in a job when they are many."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.accounts.recipients import recipient_of_account
from talentsvc.core.clock import now
from talentsvc.events.messages import visits as messages
from talentsvc.events.models import Event, Visit
from talentsvc.events.telling import tell
from talentsvc.events.terms.event import SessionCancelled
from talentsvc.events.terms.visit import MOST_AT_ONCE, VisitState, VisitStep
from talentsvc.events.visiting import lock_visit, move_visit
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job

JOB_KIND = "end_visits"


def end_visits(happened: SessionCancelled) -> None:
    """End every open visit of a session."""
    open_ids = list(
        db.session.execute(
            select(Visit.id)
            .where(Visit.session_id == happened.session_id, Visit.state == VisitState.REGISTERED)
            .order_by(Visit.id)
        ).scalars()
    )
    if len(open_ids) > MOST_AT_ONCE:
        params = {"session": str(happened.session_id)}
        start_job(JOB_KIND, params, open_ids, asked_by=None, at=now())
        return
    for visit_id in open_ids:
        end_visit(visit_id)


def end_visit(visit_id: UUID) -> None:
    """End one visit and tell the person; safe to repeat."""
    at = now()
    session, visit = lock_visit(visit_id)
    if visit.state is not VisitState.REGISTERED:
        return
    move_visit(session, visit, VisitStep.END_WITH_SESSION, actor=CLOCK, at=at)
    event = db.session.get_one(Event, session.event_id)
    recipient = recipient_of_account(visit.account_id)
    reason = session.cancellation_reason or event.cancellation_reason or ""
    tell(
        messages.VISIT_SESSION_CANCELLED,
        recipient,
        event,
        session,
        about=visit.id,
        at=at,
        reason=reason,
    )
