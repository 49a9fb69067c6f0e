"""A company withdraws: in time without blame, late as a breach."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.calendar.queries import work_calendar
from talentsvc.employers.actions.record_breach import record_breach
from talentsvc.employers.terms import BreachKind
from talentsvc.events.models import FairRegistration
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registration_work import open_registration, take_step
from talentsvc.events.rules.registering import free_until, step_to_withdraw
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep


def cancel_registration(
    registration_id: UUID, *, expected_version: int | None, actor: Actor, at: datetime
) -> FairRegistration:
    """Withdraw. Errors: NotFoundHere for another company's, StaleVersion, NotAllowedNow once it has begun."""
    event, session, registration = open_registration(
        registration_id,
        at=at,
        expected_version=expected_version,
        employer_ids=actor.employer_ids,
    )
    is_firm = registration.state in (RegistrationState.APPROVED, RegistrationState.CONFIRMED)
    step = step_to_withdraw(
        holds_place=is_firm and registration.place is PlaceState.HELD,
        free_until_at=free_until(session.held_on, event_terms(event), work_calendar()),
        starts_at=session.starts_at,
        at=at,
    )
    take_step(session, registration, step, actor=actor, at=at)
    if step is RegistrationStep.CANCEL_LATE:
        record_breach(
            BreachKind.CANCELLED_LATE,
            employer_id=registration.employer_id,
            legal_employer_id=registration.legal_employer_id,
            subject_id=registration.id,
            about=f"{event.title_zh} {session.held_on.isoformat()}",
            actor=actor,
            at=at,
        )
    return registration
