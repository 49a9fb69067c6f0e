"""Places of a locked session: given in order, one a legal person a day (guarantees.md G4).

Whoever decides about a place holds the session's row and then the rows of the legal persons it is
about, lowest id first: a company that files for two sessions of one day at the same moment is decided
about once after the other, and no unique index has to say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.employers.models import Employer
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.registering import move_registration
from talentsvc.events.rules.transitions import ADMISSIBLE_STATES
from talentsvc.events.rules.waiting_list import Waiting, those_who_move_up
from talentsvc.events.terms.event import EventState, SessionState
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep
from talentsvc.extensions.database import db


def give_place_or_number(
    session: FairSession,
    registration: FairRegistration,
    *,
    at: datetime,
    why: Mapping[str, Any] | None = None,
) -> None:
    """Give a place of the locked session, or a number on its waiting list.

    Nobody overtakes those who wait and may move up, even while a job has still to move them. A legal
    person that holds another place on that day waits too: one booth a day (facts.md 3.1). `why` is
    kept with the step.
    """
    _lock_legal_persons([registration.legal_employer_id])
    free = session.places - session.places_taken
    is_free = free > 0 and free > len(next_in_line(session, at=at))
    if is_free and not _holds_another(registration):
        step = RegistrationStep.GIVE_PLACE
    else:
        step = RegistrationStep.QUEUE
    move_registration(session, registration, step, actor=CLOCK, at=at, data=why)


def next_in_line(session: FairSession, *, at: datetime) -> list[UUID]:
    """Registrations that may have the free places of a locked session, in order.

    Once the session has begun, only who passed the audit, until its end: a booth that is not claimed
    on the day goes to the next as well (facts.md 8.7).
    """
    event = db.session.get_one(Event, session.event_id)
    takes_place = event.state is EventState.PUBLISHED and session.state is SessionState.PLANNED
    free = session.places - session.places_taken
    if not takes_place or free < 1 or at >= session.ends_at:
        return []
    waiting = _waiting(session, has_begun=at >= session.starts_at)
    legal_ids = {one.legal_employer_id for one in waiting}
    _lock_legal_persons(legal_ids)
    holding = _holding_on(session, legal_ids)
    return [one.registration_id for one in those_who_move_up(waiting, free, holding)]


def _waiting(session: FairSession, *, has_begun: bool) -> list[Waiting]:
    states = (RegistrationState.APPROVED,) if has_begun else ADMISSIBLE_STATES
    rows = db.session.execute(
        select(
            FairRegistration.id,
            FairRegistration.legal_employer_id,
            FairRegistration.queue_number,
        ).where(
            FairRegistration.session_id == session.id,
            FairRegistration.place == PlaceState.WAITING,
            FairRegistration.state.in_(states),
        )
    )
    return [Waiting(one, legal_id, number or 0) for one, legal_id, number in rows]


def _holding_on(session: FairSession, legal_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these legal persons hold a place anywhere on the session's day."""
    wanted = list(legal_ids)
    if not wanted:
        return set()
    return set(
        db.session.execute(
            select(FairRegistration.legal_employer_id).where(
                FairRegistration.held_on == session.held_on,
                FairRegistration.place == PlaceState.HELD,
                FairRegistration.legal_employer_id.in_(wanted),
            )
        ).scalars()
    )


def _holds_another(registration: FairRegistration) -> bool:
    found = select(FairRegistration.id).where(
        FairRegistration.legal_employer_id == registration.legal_employer_id,
        FairRegistration.held_on == registration.held_on,
        FairRegistration.place == PlaceState.HELD,
        FairRegistration.id != registration.id,
    )
    return db.session.execute(found.limit(1)).first() is not None


def _lock_legal_persons(legal_ids: Iterable[UUID]) -> None:
    """Lock the rows of legal persons in one order; new registrations of theirs may still refer to them."""
    wanted = list(legal_ids)
    if wanted:
        db.session.execute(
            select(Employer.id)
            .where(Employer.id.in_(wanted))
            .order_by(Employer.id)
            .with_for_update(key_share=True)
        ).all()
