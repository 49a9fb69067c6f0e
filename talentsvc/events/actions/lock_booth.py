"""A company is kept in its booth, or the allocation may move it again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.events.hallwork import assignment_of, lock_drawn_hall, standing_registration
from talentsvc.extensions.database import db


def lock_booth(
    session_id: UUID, registration_id: UUID, *, is_locked: bool, actor: Actor, at: datetime
) -> None:
    """Lock or unlock where a company stands. Errors: NotFoundHere, also when it stands nowhere."""
    session, _plan = lock_drawn_hall(session_id)
    registration = standing_registration(session, registration_id)
    given = assignment_of(registration.id)
    if given is None:
        raise NotFoundHere()
    given.is_locked = is_locked
    db.session.flush()
    record(
        SubjectKind.EVENT_REGISTRATION,
        registration.id,
        "lock_booth" if is_locked else "unlock_booth",
        actor=actor,
        at=at,
        after={"is_locked": is_locked},
    )
