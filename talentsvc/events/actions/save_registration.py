"""What a company typed is kept, complete or not; several begun together may be filled in by one form."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.events.models import FairRegistration
from talentsvc.events.registration_work import open_registration, take_step, write_details
from talentsvc.events.rules.registering import RegistrationDetails
from talentsvc.events.terms.registration import RegistrationStep


def save_registration(
    registration_id: UUID,
    details: RegistrationDetails,
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> FairRegistration:
    """Keep a draft, or the correction of a returned one.

    Errors: NotFoundHere for another company's, StaleVersion, NotAllowedNow once it is filed or has lapsed.
    """
    _event, session, registration = open_registration(
        registration_id,
        at=at,
        expected_version=expected_version,
        employer_ids=actor.employer_ids,
    )
    take_step(session, registration, RegistrationStep.EDIT, actor=actor, at=at)
    write_details(registration, details)
    return registration
