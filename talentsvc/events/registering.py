"""Registrations at work: locked under their session, and moved by one function (guarantees.md G2, G4).

The order of locks is event, session, registration, employer. Whoever gives or frees a place holds the
session's row; the checks on its counters are what stays true if somebody ever forgets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere, StaleVersion
from talentsvc.events.models import (
    BoothAssignment,
    FairRegistration,
    FairSession,
    RegistrationEvent,
)
from talentsvc.events.rules.transitions import next_registration_state
from talentsvc.events.terms.registration import PlaceState, RegistrationStep
from talentsvc.extensions.database import db


def lock_session(session_id: UUID, *, expected_version: int | None = None) -> FairSession:
    """Lock a session: its places are only given and freed under this lock.

    Errors: NotFoundHere; StaleVersion when the page that asks was rendered for another version.
    """
    # What this transaction has changed already goes first: the row is read anew here.
    db.session.flush()
    session = db.session.execute(
        select(FairSession)
        .where(FairSession.id == session_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if session is None:
        raise NotFoundHere()
    if expected_version is not None and session.version != expected_version:
        raise StaleVersion()
    return session


def lock_registration(
    registration_id: UUID, *, expected_version: int | None = None
) -> tuple[FairSession, FairRegistration]:
    """Lock a registration and, before it, its session.

    Errors: NotFoundHere; StaleVersion when the page that asks was rendered for another version.
    """
    session_id = db.session.execute(
        select(FairRegistration.session_id).where(FairRegistration.id == registration_id)
    ).scalar_one_or_none()
    if session_id is None:
        raise NotFoundHere()
    session = lock_session(session_id)
    registration = db.session.execute(
        select(FairRegistration)
        .where(FairRegistration.id == registration_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if expected_version is not None and registration.version != expected_version:
        raise StaleVersion()
    return session, registration


def lock_sessions_of(registration_ids: Iterable[UUID]) -> None:
    """Lock the sessions of several registrations that one form changes, lowest id first.

    Two companies that file for the same sessions in different orders would wait for each other.
    """
    db.session.flush()
    wanted = select(FairRegistration.session_id).where(
        FairRegistration.id.in_(list(registration_ids))
    )
    db.session.execute(
        select(FairSession.id)
        .where(FairSession.id.in_(wanted))
        .order_by(FairSession.id)
        .with_for_update()
    ).all()


def move_registration(
    session: FairSession,
    registration: FairRegistration,
    step: RegistrationStep,
    *,
    actor: Actor,
    at: datetime,
    reason: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> RegistrationEvent:
    """Take one step with a registration: the only writer of its state and its place.

    `session` is the locked row of its session, whose counters move along.
    Errors: NotAllowedNow, InvalidInput for a missing reason.
    """
    before, place_before = registration.state, registration.place
    after, place_after = next_registration_state(before, place_before, step, reason=reason)
    event = RegistrationEvent(
        registration_id=registration.id,
        sequence=_next_sequence(registration.id),
        step=step,
        from_state=before,
        to_state=after,
        from_place=place_before,
        to_place=place_after,
        actor_account_id=actor.account_id,
        actor_person_id=actor.person_id,
        acting_as=actor.acting_as,
        at=at,
        recorded_at=now(),
        reason=reason.strip() if reason else None,
        data=dict(data or {}),
    )
    db.session.add(event)
    registration.state = after
    _move_place(session, registration, place_after)
    registration.updated_at = at
    record(
        SubjectKind.EVENT_REGISTRATION,
        registration.id,
        step.value,
        actor=actor,
        at=at,
        before={"state": before, "place": place_before},
        after={"state": after, "place": place_after},
        on_behalf_of=registration.employer_id if actor.acting_as == "agent" else None,
    )
    db.session.flush()
    return event


def _move_place(session: FairSession, registration: FairRegistration, after: PlaceState) -> None:
    before = registration.place
    if before is after:
        return
    if after is PlaceState.HELD:
        session.places_taken += 1
    elif before is PlaceState.HELD:
        session.places_taken -= 1
        # Without a place there is no booth: the next one may stand there.
        db.session.execute(
            delete(BoothAssignment).where(BoothAssignment.registration_id == registration.id)
        )
    if after is PlaceState.WAITING:
        session.last_queue_number += 1
        registration.queue_number = session.last_queue_number
    else:
        registration.queue_number = None
    registration.place = after


def _next_sequence(registration_id: UUID) -> int:
    """The next number in a registration's history; it is locked, so nobody else takes it."""
    last = db.session.execute(
        select(func.max(RegistrationEvent.sequence)).where(
            RegistrationEvent.registration_id == registration_id
        )
    ).scalar_one()
    return (last or 0) + 1
