"""A note between officers; the applicant never sees it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards.models import Application, CaseNote
from talentsvc.core.errors import FourEyesViolated, InvalidInput, NotFoundHere
from talentsvc.extensions.database import db


def add_note(application_id: UUID, *, text: str, actor: Actor, at: datetime) -> CaseNote:
    """Write a note, kept encrypted. Errors: NotFoundHere, InvalidInput(text)."""
    if not text.strip():
        raise InvalidInput("text", "required")
    if db.session.get(Application, application_id) is None:
        raise NotFoundHere()
    if actor.account_id is None:
        raise FourEyesViolated("no_person")
    note = CaseNote(
        application_id=application_id, author_account_id=actor.account_id, created_at=at
    )
    note.text = text.strip()
    db.session.add(note)
    record(SubjectKind.APPLICATION, application_id, "note", actor=actor, at=at)
    return note
