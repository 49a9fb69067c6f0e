"""A company begins to register: one form for several sessions, one registration for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.core.references import ReferenceKind, format_reference
from talentsvc.employers.queries import employer_of
from talentsvc.employers.standing import legal_employer_id, standing_of
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.models.registration import registration_number
from talentsvc.events.registration_work import gate_of
from talentsvc.events.rules.registering import check_gate
from talentsvc.events.terms.event import EventState
from talentsvc.events.terms.registration import (
    AuditVerdict,
    PlaceState,
    RegistrationState,
    RegistrationStep,
)
from talentsvc.extensions.database import db


def start_registrations(
    employer_id: UUID, session_ids: Sequence[UUID], *, actor: Actor, at: datetime
) -> list[FairRegistration]:
    """Begin one registration for each session of one event.

    Errors: NotFoundHere for another company or an unknown session; InvalidInput("session", …) with the
    reason: none chosen, not open, barred. A second open one for a session is refused by constraint.
    """
    if employer_id not in actor.employer_ids:
        raise NotFoundHere()
    wanted = list(dict.fromkeys(session_ids))
    if not wanted:
        raise InvalidInput("session", "choose")
    employer = employer_of(employer_id)
    legal_id = legal_employer_id(employer)
    barred = standing_of(legal_id, at).barred_until
    if barred is not None:
        raise InvalidInput("session", "barred", day=local_date(barred).isoformat())
    made = []
    for session_id in wanted:
        session = _session(session_id)
        event = db.session.get_one(Event, session.event_id)
        if event.state is EventState.DRAFT:
            raise NotFoundHere()
        check_gate(gate_of(event, session), at)
        made.append(_start(session, employer_id, legal_id, actor, at))
    return made


def _session(session_id: UUID) -> FairSession:
    found = db.session.execute(
        select(FairSession).where(FairSession.id == session_id)
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundHere()
    return found


def _start(
    session: FairSession, employer_id: UUID, legal_id: UUID, actor: Actor, at: datetime
) -> FairRegistration:
    number = db.session.execute(registration_number.next_value()).scalar_one()
    registration = FairRegistration(
        reference=format_reference(ReferenceKind.EVENT_REGISTRATION, local_date(at).year, number),
        session_id=session.id,
        employer_id=employer_id,
        legal_employer_id=legal_id,
        held_on=session.held_on,
        state=RegistrationState.DRAFT,
        place=PlaceState.NONE,
        wishes={},
        company_verdict=AuditVerdict.PENDING,
        created_at=at,
        updated_at=at,
    )
    db.session.add(registration)
    db.session.flush()
    record(
        SubjectKind.EVENT_REGISTRATION,
        registration.id,
        RegistrationStep.START.value,
        actor=actor,
        at=at,
        after={"session": session.id, "employer": employer_id, "state": registration.state},
        on_behalf_of=employer_id,
    )
    return registration
