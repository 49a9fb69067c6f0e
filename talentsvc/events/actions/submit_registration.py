"""A company files its registration; where places go in the order of filing it has one, or a number, at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK, Actor
from talentsvc.access.roles import Role
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.employers.standing import standing_of
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import FairRegistration, FairSession
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registering import move_registration
from talentsvc.events.registration_work import (
    details_of_registration,
    gate_of,
    open_registration,
    take_step,
    tell_company,
)
from talentsvc.events.rules.registering import check_details, check_gate
from talentsvc.events.terms.event import Admission
from talentsvc.events.terms.registration import (
    AuditVerdict,
    PlaceState,
    RegistrationState,
    RegistrationStep,
)
from talentsvc.extensions.database import db
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind


def submit_registration(
    registration_id: UUID, *, expected_version: int | None, actor: Actor, at: datetime
) -> FairRegistration:
    """File. A returned one may be filed again after the window has closed; a new one may not.

    Errors: NotFoundHere for another company's, StaleVersion, NotAllowedNow, InvalidInput with what is
    missing, with the reason of a closed gate or of a bar.
    """
    event, session, registration = open_registration(
        registration_id,
        at=at,
        expected_version=expected_version,
        employer_ids=actor.employer_ids,
    )
    if registration.state is not RegistrationState.RETURNED:
        check_gate(gate_of(event, session), at)
    barred = standing_of(registration.legal_employer_id, at).barred_until
    if barred is not None:
        raise InvalidInput("session", "barred", day=local_date(barred).isoformat())
    check_details(details_of_registration(registration), event_terms(event))
    registration.company_verdict = AuditVerdict.PENDING
    registration.filed_by_account_id = actor.account_id
    registration.submitted_at = at
    registration.first_submitted_at = registration.first_submitted_at or at
    take_step(session, registration, RegistrationStep.SUBMIT, actor=actor, at=at)
    if event.admission is Admission.FIRST_COME and registration.place is PlaceState.NONE:
        give_place_or_number(session, registration, at=at)
    tell_company(messages.REGISTRATION_FILED, event, session, registration, at=at)
    open_task(
        TaskKind.REGISTRATION_TO_AUDIT,
        owner=Role.EVENTS_OFFICER,
        subject_kind=SubjectKind.EVENT.value,
        subject_id=event.id,
        dedupe_key=f"audit_registrations:{session.id}:{local_date(at)}",
        at=at,
    )
    return registration


def give_place_or_number(
    session: FairSession, registration: FairRegistration, *, at: datetime
) -> None:
    """Give a place of the locked session, or a number on its waiting list.

    A legal person that holds another place on that day waits too: one booth a day (facts.md 3.1).
    """
    is_free = session.places_taken < session.places and not _holds_another(registration)
    step = RegistrationStep.GIVE_PLACE if is_free else RegistrationStep.QUEUE
    move_registration(session, registration, step, actor=CLOCK, at=at)


def _holds_another(registration: FairRegistration) -> bool:
    found = select(FairRegistration.id).where(
        FairRegistration.legal_employer_id == registration.legal_employer_id,
        FairRegistration.held_on == registration.held_on,
        FairRegistration.place == PlaceState.HELD,
        FairRegistration.id != registration.id,
    )
    return db.session.execute(found.limit(1)).first() is not None
