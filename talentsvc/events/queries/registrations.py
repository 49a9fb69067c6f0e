"""Reads of companies' registrations: for the company, for the desk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.employers.models import Employer
from talentsvc.events.models import (
    Event,
    FairRegistration,
    FairSession,
    RegistrationAttendee,
    RegistrationEvent,
    RegistrationPosition,
)
from talentsvc.events.rules.transitions import OPEN_STATES
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.extensions.database import db

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class RegistrationSheet:
    """A registration with everything its page shows; `position` only while it waits."""

    registration: FairRegistration
    session: FairSession
    event: Event
    employer: Employer
    positions: list[RegistrationPosition]
    attendees: list[RegistrationAttendee]
    history: list[RegistrationEvent]
    position: int | None


def registrations_page(employer_id: UUID, cursor: str | None, size: int = PAGE_SIZE) -> PageOf[Any]:
    """Rows (FairRegistration, FairSession, Event) of a company, the newest first. One query."""
    statement = (
        select(FairRegistration, FairSession, Event)
        .join(FairSession, FairSession.id == FairRegistration.session_id)
        .join(Event, Event.id == FairSession.event_id)
        .where(FairRegistration.employer_id == employer_id)
    )
    return keyset(db.session, statement, (Key(FairRegistration.id, descending=True),), cursor, size)


def session_board(
    session_id: UUID, state: RegistrationState | None, cursor: str | None, size: int = PAGE_SIZE
) -> PageOf[Any]:
    """Rows (FairRegistration, employer's name) of a session for the desk, in the order of beginning. One query."""
    statement = (
        select(FairRegistration, Employer.name)
        .join(Employer, Employer.id == FairRegistration.employer_id)
        .where(
            FairRegistration.session_id == session_id,
            FairRegistration.state != RegistrationState.DRAFT,
        )
    )
    if state is not None:
        statement = statement.where(FairRegistration.state == state)
    return keyset(db.session, statement, (Key(FairRegistration.id),), cursor, size)


def registration_sheet(
    registration_id: UUID, employer_ids: Collection[UUID] | None = None
) -> RegistrationSheet:
    """One registration. Errors: NotFoundHere, also for another company's when ids are given. Five queries at most."""
    statement = (
        select(FairRegistration, FairSession, Event, Employer)
        .join(FairSession, FairSession.id == FairRegistration.session_id)
        .join(Event, Event.id == FairSession.event_id)
        .join(Employer, Employer.id == FairRegistration.employer_id)
        .where(FairRegistration.id == registration_id)
    )
    if employer_ids is not None:
        statement = statement.where(FairRegistration.employer_id.in_(employer_ids))
    found = db.session.execute(statement).one_or_none()
    if found is None:
        raise NotFoundHere()
    registration, session, event, employer = found
    return RegistrationSheet(
        registration=registration,
        session=session,
        event=event,
        employer=employer,
        positions=_rows(RegistrationPosition, registration_id, RegistrationPosition.number),
        attendees=_rows(RegistrationAttendee, registration_id, RegistrationAttendee.number),
        history=_rows(RegistrationEvent, registration_id, RegistrationEvent.sequence),
        position=position_in_line(registration),
    )


def _rows(kind: Any, registration_id: UUID, order: Any) -> list[Any]:
    statement = select(kind).where(kind.registration_id == registration_id).order_by(order)
    return list(db.session.execute(statement).scalars())


def position_in_line(registration: FairRegistration) -> int | None:
    """The visible position on the waiting list, 1 is the next; None for who does not wait. One query."""
    if registration.place is not PlaceState.WAITING:
        return None
    before = select(func.count()).where(
        FairRegistration.session_id == registration.session_id,
        FairRegistration.place == PlaceState.WAITING,
        FairRegistration.queue_number < registration.queue_number,
    )
    return db.session.execute(before).scalar_one() + 1


def drafts_beside(registration: FairRegistration, event_id: UUID) -> list[FairRegistration]:
    """The company's other drafts for the same event: one form may fill them all in."""
    statement = (
        select(FairRegistration)
        .join(FairSession, FairSession.id == FairRegistration.session_id)
        .where(
            FairSession.event_id == event_id,
            FairRegistration.employer_id == registration.employer_id,
            FairRegistration.state == RegistrationState.DRAFT,
            FairRegistration.id != registration.id,
        )
        .order_by(FairRegistration.id)
    )
    return list(db.session.execute(statement).scalars())


def open_session_ids(employer_id: UUID, event_id: UUID) -> frozenset[UUID]:
    """Sessions of an event for which a company has an open registration."""
    statement = (
        select(FairRegistration.session_id)
        .join(FairSession, FairSession.id == FairRegistration.session_id)
        .where(
            FairRegistration.employer_id == employer_id,
            FairSession.event_id == event_id,
            FairRegistration.state.in_(
                (*OPEN_STATES, RegistrationState.CHECKED_IN, RegistrationState.RESULTS_REPORTED)
            ),
        )
    )
    return frozenset(db.session.execute(statement).scalars())


def counts_by_state(session_id: UUID) -> dict[RegistrationState, int]:
    """How many registrations of a session stand where. One query."""
    rows = db.session.execute(
        select(FairRegistration.state, func.count())
        .where(FairRegistration.session_id == session_id)
        .group_by(FairRegistration.state)
    )
    return {state: number for state, number in rows}
