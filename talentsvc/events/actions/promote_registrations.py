"""Companies on the waiting list move up when places are free: in order, one booth a legal person a day."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.core.clock import now
from talentsvc.events.actions.audit_registration import set_confirm_due
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.placing import next_in_line
from talentsvc.events.registering import lock_session, move_registration
from talentsvc.events.registration_work import are_visible, tell_company, until
from talentsvc.events.terms.event import PlacesRaised
from talentsvc.events.terms.registration import (
    PlaceFreed,
    RegistrationState,
    RegistrationStep,
)
from talentsvc.events.terms.visit import MOST_AT_ONCE
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job

JOB_KIND = "promote_registrations"


def promote_registrations(happened: PlaceFreed | PlacesRaised) -> None:
    """Let as many move up as there are places; more than a handful become a job, one an item."""
    session = lock_session(happened.session_id)
    moved_up = next_in_line(session, at=now())
    if len(moved_up) > MOST_AT_ONCE:
        params = {"session": str(session.id)}
        start_job(JOB_KIND, params, moved_up, asked_by=None, at=now())
        return
    for registration_id in moved_up:
        _promote(session, registration_id)


def promote_registration(registration_id: UUID) -> None:
    """Let one move up if it is still its turn: the job's step, safe to repeat."""
    session_id = db.session.execute(
        select(FairRegistration.session_id).where(FairRegistration.id == registration_id)
    ).scalar_one()
    session = lock_session(session_id)
    if registration_id in next_in_line(session, at=now()):
        _promote(session, registration_id)


def _promote(session: FairSession, registration_id: UUID) -> None:
    at = now()
    registration = db.session.execute(
        select(FairRegistration)
        .where(FairRegistration.id == registration_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    move_registration(session, registration, RegistrationStep.PROMOTE, actor=CLOCK, at=at)
    event = db.session.get_one(Event, session.event_id)
    if registration.state is RegistrationState.APPROVED:
        set_confirm_due(event, session, registration, at=at)
    # Before the results are shown nobody learns of a place; then everybody is told at once.
    if are_visible(event, at):
        tell_company(
            messages.REGISTRATION_PROMOTED,
            event,
            session,
            registration,
            at=at,
            **until(registration),
        )
