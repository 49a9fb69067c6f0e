"""A company confirms its place and names who comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from talentsvc.access.actor import Actor
from talentsvc.core.errors import NotAllowedNow
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import FairRegistration, RegistrationAttendee
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registration_work import (
    are_visible,
    open_registration,
    take_step,
    tell_company,
)
from talentsvc.events.rules.registering import check_attendees
from talentsvc.events.terms.registration import AttendeeProof, RegistrationStep
from talentsvc.extensions.database import db


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody whom the company sends."""

    name: str
    phone: str | None = None


def confirm_registration(
    registration_id: UUID,
    attendees: Sequence[Attendee],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> FairRegistration:
    """Confirm until the last moment to do so.

    Errors: NotFoundHere for another company's, StaleVersion, NotAllowedNow (also too late, or without a
    place), InvalidInput for the attendees.
    """
    event, session, registration = open_registration(
        registration_id,
        at=at,
        expected_version=expected_version,
        employer_ids=actor.employer_ids,
    )
    if not are_visible(event, at):
        raise NotAllowedNow("results_not_visible", RegistrationStep.CONFIRM)
    check_attendees([one.name for one in attendees], event_terms(event))
    take_step(session, registration, RegistrationStep.CONFIRM, actor=actor, at=at)
    db.session.execute(
        delete(RegistrationAttendee).where(RegistrationAttendee.registration_id == registration.id)
    )
    for number, one in enumerate(attendees, start=1):
        row = RegistrationAttendee(
            registration_id=registration.id,
            number=number,
            name=one.name.strip(),
            proof=AttendeeProof.WAITING,
        )
        row.phone = one.phone
        db.session.add(row)
    db.session.flush()
    tell_company(messages.REGISTRATION_CONFIRMED, event, session, registration, at=at)
    return registration
