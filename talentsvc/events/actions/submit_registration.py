"""A company files its registration; where places go in the order of filing it has one, or a number, at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.employers.standing import standing_of
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import FairRegistration
from talentsvc.events.placing import give_place_or_number
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.queries.registrations import position_in_line
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
    if registration.place is PlaceState.WAITING:
        position = str(position_in_line(registration))
        tell_company(
            messages.REGISTRATION_QUEUED, event, session, registration, at=at, position=position
        )
    open_task(
        TaskKind.REGISTRATION_TO_AUDIT,
        owner=Role.EVENTS_OFFICER,
        subject_kind=SubjectKind.EVENT.value,
        subject_id=event.id,
        dedupe_key=f"audit_registrations:{session.id}:{local_date(at)}",
        at=at,
    )
    return registration
