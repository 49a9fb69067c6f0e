"""A booth is taken back from a company; the company keeps its place in the session."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.events.hallwork import assignment_of, lock_drawn_hall, telling_changes
from talentsvc.events.models import Booth, FairRegistration
from talentsvc.extensions.database import db


def clear_booth(session_id: UUID, registration_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take a booth back. Errors: NotFoundHere, also when the company stands nowhere."""
    session, plan = lock_drawn_hall(session_id)
    registration = db.session.get(FairRegistration, registration_id)
    given = assignment_of(registration_id)
    if registration is None or registration.session_id != session.id or given is None:
        raise NotFoundHere()
    number = db.session.get_one(Booth, given.booth_id).number
    with telling_changes(plan):
        db.session.delete(given)
    record(
        SubjectKind.EVENT_REGISTRATION,
        registration_id,
        "clear_booth",
        actor=actor,
        at=at,
        before={"booth": number},
        after={"booth": None},
    )
