"""The desk audits a company and its positions: returned with everything at once, admitted, or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.errors import FourEyesViolated, InvalidInput
from talentsvc.employers.agency import check_officer
from talentsvc.employers.queries import employer_of
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registration_work import (
    open_registration,
    positions_of,
    take_step,
    tell_company,
)
from talentsvc.events.rules.registering import confirm_by
from talentsvc.events.terms.event import Admission
from talentsvc.events.terms.registration import AuditVerdict, PlaceState, RegistrationStep
from talentsvc.extensions.database import db

_VERDICTS = {
    RegistrationStep.APPROVE: AuditVerdict.PASSED,
    RegistrationStep.RETURN: AuditVerdict.PENDING,
    RegistrationStep.REJECT: AuditVerdict.FAILED,
}
_MESSAGES = {
    RegistrationStep.APPROVE: messages.REGISTRATION_APPROVED,
    RegistrationStep.RETURN: messages.REGISTRATION_RETURNED,
    RegistrationStep.REJECT: messages.REGISTRATION_REJECTED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the officer found of one position, with the reason where flagged words may stand or it fails."""

    passed: bool
    reason: str = ""


def audit_registration(
    registration_id: UUID,
    step: RegistrationStep,
    *,
    findings: Mapping[int, Finding],
    reason: str,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> FairRegistration:
    """Return, approve or reject. `findings` are by number of the position; every one must pass to approve.

    A position with flagged wording passes only with a written reason. Errors: NotFoundHere,
    StaleVersion, NotAllowedNow, FourEyesViolated for whoever filed it or has a tie to the company,
    InvalidInput for a missing finding or reason.
    """
    event, session, registration = open_registration(
        registration_id, at=at, expected_version=expected_version
    )
    _check_auditor(registration, actor)
    _write_findings(registration, step, findings, actor)
    registration.company_verdict = _VERDICTS[step]
    registration.audit_reason = reason.strip() or None
    registration.audited_by_account_id = actor.account_id
    registration.audited_at = at
    take_step(session, registration, step, actor=actor, at=at, reason=reason)
    if step is RegistrationStep.APPROVE and event.admission is Admission.FIRST_COME:
        set_confirm_due(event, session, registration, at=at)
    tell_company(_MESSAGES[step], event, session, registration, at=at, reason=reason.strip())
    return registration


def set_confirm_due(
    event: Event,
    session: FairSession,
    registration: FairRegistration,
    *,
    at: datetime,
) -> None:
    """Say until when a place that is held since now, or admitted now, must be confirmed."""
    if registration.place is PlaceState.HELD and event.confirm_due_at is not None:
        registration.confirm_due_at = confirm_by(
            event.confirm_due_at, event_terms(event), session.starts_at, session.ends_at, at
        )
        db.session.flush()


def _check_auditor(registration: FairRegistration, actor: Actor) -> None:
    if actor.is_signed_in and actor.account_id == registration.filed_by_account_id:
        raise FourEyesViolated("own_registration")
    check_officer(employer_of(registration.employer_id), actor)


def _write_findings(
    registration: FairRegistration,
    step: RegistrationStep,
    findings: Mapping[int, Finding],
    actor: Actor,
) -> None:
    for position in positions_of(registration.id):
        finding = findings.get(position.number)
        if finding is None:
            if step is RegistrationStep.APPROVE:
                raise InvalidInput("findings", "missing", number=position.number)
            continue
        said = finding.reason.strip()
        if finding.passed and position.flags and not said:
            raise InvalidInput("findings", "release_needs_reason", number=position.number)
        if not finding.passed and step is RegistrationStep.APPROVE:
            raise InvalidInput("findings", "one_failed", number=position.number)
        position.verdict = AuditVerdict.PASSED if finding.passed else AuditVerdict.FAILED
        position.verdict_reason = said or None
        position.verdict_by_account_id = actor.account_id
    db.session.flush()
