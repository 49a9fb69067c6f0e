"""A company shows that somebody it sends is its staff: a record of insurance (facts.md 3.1, 8b 29)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotAllowedNow
from talentsvc.events.attending import attendee_of
from talentsvc.events.models import RegistrationAttendee
from talentsvc.events.registration_work import open_registration
from talentsvc.events.terms.registration import AttendeeProof, RegistrationState
from talentsvc.extensions.database import db

ACTION = "add_staff_proof"


def add_staff_proof(
    registration_id: UUID, number: int, *, file_id: UUID, actor: Actor, at: datetime
) -> RegistrationAttendee:
    """Put a stored file beside an attendee; a new one is looked at anew.

    Errors: NotFoundHere for another company's; NotAllowedNow before the place is confirmed, once the
    session has begun, or once the proof was found good.
    """
    _event, session, registration = open_registration(
        registration_id, at=at, employer_ids=actor.employer_ids
    )
    attendee = attendee_of(registration_id, number)
    is_open = registration.state is RegistrationState.CONFIRMED and at < session.starts_at
    if not is_open or attendee.proof is AttendeeProof.PROVED:
        raise NotAllowedNow(registration.state, ACTION)
    attendee.proof_file_id = file_id
    attendee.proof = AttendeeProof.WAITING
    attendee.proved_by_account_id = None
    db.session.flush()
    record(
        SubjectKind.EVENT_REGISTRATION,
        registration.id,
        ACTION,
        actor=actor,
        at=at,
        after={"attendee": number, "file": file_id},
        on_behalf_of=registration.employer_id,
    )
    return attendee
