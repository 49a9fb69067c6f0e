"""What the use cases of a company's registration share: its gate, its clock, its positions, who is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from talentsvc.access.actor import CLOCK, Actor
from talentsvc.core.clock import SHANGHAI
from talentsvc.core.errors import NotAllowedNow, NotFoundHere, StaleVersion
from talentsvc.employers.queries import agent_recipients
from talentsvc.events.models import Event, FairRegistration, FairSession, RegistrationPosition
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registering import lock_registration, move_registration
from talentsvc.events.rules.registering import Gate, PositionDetails, RegistrationDetails
from talentsvc.events.rules.results import are_results_visible
from talentsvc.events.rules.session_clock import Timed, has_lapsed
from talentsvc.events.rules.wording import flags_in
from talentsvc.events.telling import tell
from talentsvc.events.terms.registration import (
    AuditVerdict,
    PlaceFreed,
    PlaceState,
    RegistrationStep,
)
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen
from talentsvc.notices.terms import NoticeKind

_POSITION_FIELDS = tuple(PositionDetails.__slots__)


def gate_of(event: Event, session: FairSession) -> Gate:
    """What decides whether companies may register."""
    return Gate(
        event.state,
        session.state,
        event.registration_opens_at,
        event.registration_closes_at,
        session.starts_at,
    )


def timed(event: Event, session: FairSession, registration: FairRegistration) -> Timed:
    """What the clock looks at."""
    return Timed(
        registration.state,
        registration.place,
        registration.confirm_due_at,
        event.registration_closes_at,
        session.starts_at,
        session.ends_at,
    )


def open_registration(
    registration_id: UUID,
    *,
    at: datetime,
    expected_version: int | None = None,
    employer_ids: Sequence[UUID] | frozenset[UUID] | None = None,
) -> tuple[Event, FairSession, FairRegistration]:
    """Lock a registration and refuse to act on one that has lapsed by itself.

    The sweep, or the next reader, writes the lapse down; nothing is done to it before.
    Errors: NotFoundHere, also for another company's; StaleVersion; NotAllowedNow.
    """
    session, registration = lock_registration(registration_id)
    if employer_ids is not None and registration.employer_id not in employer_ids:
        raise NotFoundHere()
    if expected_version is not None and registration.version != expected_version:
        raise StaleVersion()
    event = db.session.get_one(Event, session.event_id)
    if has_lapsed(timed(event, session, registration), at):
        raise NotAllowedNow("lapsed", "act")
    return event, session, registration


def take_step(
    session: FairSession,
    registration: FairRegistration,
    step: RegistrationStep,
    *,
    actor: Actor,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Take a step, and let the next in line move up when it gave a place back."""
    held = registration.place is PlaceState.HELD
    move_registration(session, registration, step, actor=actor, at=at, reason=reason)
    if held and registration.place is not PlaceState.HELD:
        registration.confirm_due_at = None
        happen(PlaceFreed(session.id))


def lapse(session: FairSession, registration: FairRegistration, *, at: datetime) -> None:
    """Write down that a registration has lapsed."""
    take_step(session, registration, RegistrationStep.EXPIRE, actor=CLOCK, at=at)


def write_details(registration: FairRegistration, details: RegistrationDetails) -> None:
    """Keep what was typed; the positions are this registration's own copies."""
    registration.about = details.about.strip()
    registration.contact_name = details.contact_name.strip()
    registration.contact_phone = details.contact_phone
    registration.booth_size_m2 = details.booth_size_m2
    registration.booth_power_w = details.booth_power_w
    db.session.execute(
        delete(RegistrationPosition).where(RegistrationPosition.registration_id == registration.id)
    )
    add_positions(registration.id, details.positions)


def add_positions(registration_id: UUID, added: Sequence[PositionDetails]) -> None:
    """Put positions behind those that are there; the registration is locked."""
    last = db.session.execute(
        select(func.max(RegistrationPosition.number)).where(
            RegistrationPosition.registration_id == registration_id
        )
    ).scalar_one()
    for number, position in enumerate(added, start=(last or 0) + 1):
        db.session.add(_position(registration_id, number, position))
    db.session.flush()


def _position(registration_id: UUID, number: int, details: PositionDetails) -> RegistrationPosition:
    return RegistrationPosition(
        registration_id=registration_id,
        number=number,
        flags=[flag.as_data() for flag in flags_in(details.texts())],
        verdict=AuditVerdict.PENDING,
        **{name: getattr(details, name) for name in _POSITION_FIELDS},
    )


def positions_of(registration_id: UUID) -> list[RegistrationPosition]:
    """The positions of a registration in their order."""
    return list(
        db.session.execute(
            select(RegistrationPosition)
            .where(RegistrationPosition.registration_id == registration_id)
            .order_by(RegistrationPosition.number)
        ).scalars()
    )


def details_of_registration(registration: FairRegistration) -> RegistrationDetails:
    """The rows as the rules read them."""
    return RegistrationDetails(
        about=registration.about,
        contact_name=registration.contact_name,
        contact_phone=registration.contact_phone,
        booth_size_m2=registration.booth_size_m2,
        booth_power_w=registration.booth_power_w,
        positions=tuple(
            PositionDetails(**{name: getattr(row, name) for name in _POSITION_FIELDS})
            for row in positions_of(registration.id)
        ),
    )


def tell_company(
    kind: NoticeKind,
    event: Event,
    session: FairSession,
    registration: FairRegistration,
    *,
    at: datetime,
    **params: str,
) -> None:
    """Post to everybody who acts for the company today, once for each version of the registration."""
    for recipient in agent_recipients(registration.employer_id):
        tell(
            kind,
            recipient,
            event,
            session,
            about=registration.id,
            at=at,
            version=str(registration.version),
            reference=registration.reference,
            **params,
        )


def until(registration: FairRegistration) -> dict[str, str]:
    """The last moment to confirm as a message says it; a dash while the audit runs."""
    due = registration.confirm_due_at
    return {"until": due.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if due else "-"}


def are_visible(event: Event, at: datetime) -> bool:
    """Whether companies may see who has a place at this event."""
    return are_results_visible(event.admission, event.results_visible_at, at)


def attendees_most(event: Event) -> int:
    """Attendees for one booth."""
    return event_terms(event).most_attendees
