"""An officer puts a company into a booth by hand; no run of the allocation moves it from there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput
from talentsvc.events.hallwork import (
    give_booth,
    lock_drawn_hall,
    standing_registration,
    telling_changes,
)
from talentsvc.events.models import BoothAssignment
from talentsvc.events.queries.halls import booth_in
from talentsvc.extensions.database import db


def assign_booth(
    session_id: UUID, registration_id: UUID, booth_id: UUID, *, actor: Actor, at: datetime
) -> BoothAssignment:
    """Give a free booth to a company, or move it there, and lock it.

    Whether it is large enough and has enough power is the officer's to judge; the page says so.
    Errors: NotFoundHere; InvalidInput when the company has no place any more, or the booth is blocked
    or another company's.
    """
    session, plan = lock_drawn_hall(session_id)
    registration = standing_registration(session, registration_id)
    booth = booth_in(plan, booth_id)
    if booth.is_blocked:
        raise InvalidInput("booth_id", "blocked")
    if holder_of(booth.id) not in (None, registration.id):
        raise InvalidInput("booth_id", "taken")
    with telling_changes(plan):
        given = give_booth(booth, registration.id, at=at, is_locked=True)
    record(
        SubjectKind.EVENT_REGISTRATION,
        registration.id,
        "assign_booth",
        actor=actor,
        at=at,
        after={"booth": booth.number, "is_locked": True},
    )
    return given


def holder_of(booth_id: UUID) -> UUID | None:
    """The registration that a booth is given to; read under the session's lock."""
    return db.session.execute(
        select(BoothAssignment.registration_id).where(BoothAssignment.booth_id == booth_id)
    ).scalar_one_or_none()
