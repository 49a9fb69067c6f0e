"""A session does not take place: every company's registration ends with it and is told."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.core.clock import now
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import Event, FairRegistration
from talentsvc.events.registering import lock_registration, move_registration
from talentsvc.events.registration_work import tell_company
from talentsvc.events.rules.transitions import OPEN_STATES
from talentsvc.events.terms.event import SessionCancelled
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.events.terms.visit import MOST_AT_ONCE
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job

JOB_KIND = "end_registrations"


def end_registrations(happened: SessionCancelled) -> None:
    """End every open registration of a session; many become a job."""
    found = list(
        db.session.execute(
            select(FairRegistration.id)
            .where(
                FairRegistration.session_id == happened.session_id,
                FairRegistration.state.in_(OPEN_STATES),
            )
            .order_by(FairRegistration.id)
        ).scalars()
    )
    if len(found) > MOST_AT_ONCE:
        params = {"session": str(happened.session_id)}
        start_job(JOB_KIND, params, found, asked_by=None, at=now())
        return
    for registration_id in found:
        end_registration(registration_id)


def end_registration(registration_id: UUID) -> None:
    """End one and tell the company; safe to repeat. Nobody moves up into a cancelled session."""
    at = now()
    session, registration = lock_registration(registration_id)
    if registration.state not in OPEN_STATES:
        return
    move_registration(session, registration, RegistrationStep.END_WITH_SESSION, actor=CLOCK, at=at)
    event = db.session.get_one(Event, session.event_id)
    reason = session.cancellation_reason or ""
    tell_company(
        messages.REGISTRATION_SESSION_CANCELLED,
        event,
        session,
        registration,
        at=at,
        reason=reason,
    )
