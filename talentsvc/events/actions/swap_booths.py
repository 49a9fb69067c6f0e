"""Two companies exchange their booths, by hand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput
from talentsvc.events.hallwork import (
    assignment_of,
    give_booth,
    lock_drawn_hall,
    standing_registration,
    telling_changes,
)
from talentsvc.events.models import Booth, BoothAssignment
from talentsvc.extensions.database import db


def swap_booths(
    session_id: UUID,
    first_registration_id: UUID,
    second_registration_id: UUID,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Exchange the booths of two companies and lock both.

    Errors: NotFoundHere; InvalidInput when it is one company, or one of them stands nowhere.
    """
    session, plan = lock_drawn_hall(session_id)
    ids = (first_registration_id, second_registration_id)
    if ids[0] == ids[1]:
        raise InvalidInput("second_registration_id", "same")
    booths = []
    for registration_id in ids:
        standing_registration(session, registration_id)
        given = assignment_of(registration_id)
        if given is None:
            raise InvalidInput("second_registration_id", "no_booth")
        booths.append(db.session.get_one(Booth, given.booth_id))
    with telling_changes(plan):
        # Both let go first: each booth may be named once only.
        db.session.execute(delete(BoothAssignment).where(BoothAssignment.registration_id.in_(ids)))
        for registration_id, booth in zip(ids, reversed(booths), strict=True):
            give_booth(booth, registration_id, at=at, is_locked=True)
            record(
                SubjectKind.EVENT_REGISTRATION,
                registration_id,
                "swap_booths",
                actor=actor,
                at=at,
                after={"booth": booth.number, "is_locked": True},
            )
