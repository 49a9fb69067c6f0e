"""Companies on the waiting list move up when places are free: in order, one booth a legal person a day."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.core.clock import now
from talentsvc.events.actions.audit_registration import set_confirm_due
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.registering import lock_session, move_registration
from talentsvc.events.registration_work import tell_company
from talentsvc.events.rules.waiting_list import Waiting, those_who_move_up
from talentsvc.events.terms.event import EventState, PlacesRaised, SessionState
from talentsvc.events.terms.registration import (
    PlaceFreed,
    PlaceState,
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
    moved_up = _next_in_line(session)
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
    if registration_id in _next_in_line(session):
        _promote(session, registration_id)


def _next_in_line(session: FairSession) -> list[UUID]:
    event = db.session.get_one(Event, session.event_id)
    takes_place = event.state is EventState.PUBLISHED and session.state is SessionState.PLANNED
    free = session.places - session.places_taken
    if not takes_place or free < 1 or now() >= session.starts_at:
        return []
    waiting = [
        Waiting(registration_id, legal_id, number or 0)
        for registration_id, legal_id, number in db.session.execute(
            select(
                FairRegistration.id,
                FairRegistration.legal_employer_id,
                FairRegistration.queue_number,
            ).where(
                FairRegistration.session_id == session.id,
                FairRegistration.place == PlaceState.WAITING,
            )
        )
    ]
    holding = db.session.execute(
        select(FairRegistration.legal_employer_id).where(
            FairRegistration.held_on == session.held_on,
            FairRegistration.place == PlaceState.HELD,
        )
    ).scalars()
    return [one.registration_id for one in those_who_move_up(waiting, free, set(holding))]


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
        set_confirm_due(event, session, registration, promoted_at=at)
    tell_company(messages.REGISTRATION_PROMOTED, event, session, registration, at=at)
