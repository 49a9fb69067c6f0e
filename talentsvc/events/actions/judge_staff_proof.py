"""The desk finds an attendee proved to be staff, or not; who is not is named to the company."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.employers.agency import check_officer
from talentsvc.employers.queries import employer_of
from talentsvc.events.attending import attendee_of
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import RegistrationAttendee
from talentsvc.events.registration_work import open_registration, tell_company
from talentsvc.events.terms.registration import AttendeeProof, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import ScanState

ACTION = "judge_staff_proof"
_OPEN = (RegistrationState.CONFIRMED, RegistrationState.CHECKED_IN)


def judge_staff_proof(
    registration_id: UUID, number: int, *, is_proved: bool, actor: Actor, at: datetime
) -> RegistrationAttendee:
    """Find a proof good or not. Nobody is proved without a paper that the scanner called clean.

    Errors: NotFoundHere; FourEyesViolated for whoever has a tie to the company; NotAllowedNow;
    InvalidInput without a clean paper.
    """
    event, session, registration = open_registration(registration_id, at=at)
    check_officer(employer_of(registration.employer_id), actor)
    attendee = attendee_of(registration_id, number)
    if registration.state not in _OPEN:
        raise NotAllowedNow(registration.state, ACTION)
    if is_proved and not _has_clean_paper(attendee):
        raise InvalidInput("proof", "no_clean_paper")
    before = attendee.proof
    attendee.proof = AttendeeProof.PROVED if is_proved else AttendeeProof.NOT_PROVED
    attendee.proved_by_account_id = actor.account_id
    registration.updated_at = at
    db.session.flush()
    record(
        SubjectKind.EVENT_REGISTRATION,
        registration.id,
        ACTION,
        actor=actor,
        at=at,
        before={"attendee": number, "proof": before},
        after={"attendee": number, "proof": attendee.proof},
    )
    if not is_proved:
        tell_company(
            messages.ATTENDEE_NOT_PROVED,
            event,
            session,
            registration,
            at=at,
            name=attendee.name,
        )
    return attendee


def _has_clean_paper(attendee: RegistrationAttendee) -> bool:
    stored = db.session.get(StoredFile, attendee.proof_file_id) if attendee.proof_file_id else None
    return stored is not None and stored.scan_state is ScanState.CLEAN
