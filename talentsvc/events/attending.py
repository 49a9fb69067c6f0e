"""Whom a company sends: one attendee of a registration, and the papers that prove them staff."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Response
from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.events.models import RegistrationAttendee
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import files_by_id
from talentsvc.files.serving import file_response


def attendee_of(registration_id: UUID, number: int) -> RegistrationAttendee:
    """An attendee by its number. Errors: NotFoundHere."""
    found = db.session.execute(
        select(RegistrationAttendee).where(
            RegistrationAttendee.registration_id == registration_id,
            RegistrationAttendee.number == number,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundHere()
    return found


def papers_of(attendees: Sequence[RegistrationAttendee]) -> dict[UUID, StoredFile]:
    """The proofs of these attendees by id. One query, none without papers."""
    wanted = [one.proof_file_id for one in attendees if one.proof_file_id]
    return files_by_id(wanted) if wanted else {}


def proof_response(
    registration_id: UUID, attendee: RegistrationAttendee, variant: str | None, actor: Actor
) -> Response:
    """A proof, or a preview of it, once it is written down who opened it. Errors: NotFoundHere."""
    stored = db.session.get(StoredFile, attendee.proof_file_id) if attendee.proof_file_id else None
    if stored is None or stored.removed_at is not None:
        raise NotFoundHere()
    note_look(
        LookKind.FILE,
        SubjectKind.EVENT_REGISTRATION,
        registration_id,
        f"staff_proof:{stored.id}",
        actor=actor,
        acting_as=actor.acting_as,
    )
    return file_response(stored, variant)
