"""The desk sends a registration back, with the reason that its registrant reads."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.employers import messages
from talentsvc.employers.actions.register_employer import task_prefix
from talentsvc.employers.agency import check_officer, lock_employer
from talentsvc.employers.models import Employer
from talentsvc.employers.rules import EMPLOYER_STEPS, checked_reason
from talentsvc.employers.telling import tell_registrant
from talentsvc.employers.terms import EmployerStep
from talentsvc.extensions.database import db
from talentsvc.tasks.actions.settle_causes import settle_causes


def refuse_employer(
    employer_id: UUID, *, reason: str, expected_version: int | None, actor: Actor, at: datetime
) -> Employer:
    """Refuse a registration; it can be mended and sent again.

    Errors: InvalidInput without a reason, StaleVersion, NotAllowedNow, FourEyesViolated.
    """
    said = checked_reason(reason)
    employer = lock_employer(employer_id, expected_version=expected_version)
    check_officer(employer, actor)
    before = employer.state
    employer.state = EMPLOYER_STEPS.target(before, EmployerStep.REFUSE)
    employer.refusal_reason = said
    db.session.flush()
    record(
        SubjectKind.EMPLOYER,
        employer.id,
        EmployerStep.REFUSE.value,
        actor=actor,
        at=at,
        before={"state": before.value},
        after={"state": employer.state.value},
    )
    tell_registrant(employer, messages.EMPLOYER_REFUSED, at=at, reason=said)
    settle_causes(task_prefix(employer.id), settlement="employer_refused", actor=actor, at=at)
    return employer
