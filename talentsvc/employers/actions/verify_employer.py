"""The desk has compared a registration with the licence and the public register."""

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
from talentsvc.employers.rules import EMPLOYER_STEPS
from talentsvc.employers.telling import tell_registrant
from talentsvc.employers.terms import EmployerStep
from talentsvc.extensions.database import db
from talentsvc.tasks.actions.settle_causes import settle_causes


def verify_employer(
    employer_id: UUID, *, expected_version: int | None, actor: Actor, at: datetime
) -> Employer:
    """Verify an employer: from now on its confirmed agents may act and applicants find it.

    Errors: StaleVersion when it was mended since the page was opened, NotAllowedNow, and
    FourEyesViolated for an officer with a tie to it.
    """
    employer = lock_employer(employer_id, expected_version=expected_version)
    check_officer(employer, actor)
    before = employer.state
    employer.state = EMPLOYER_STEPS.target(before, EmployerStep.VERIFY)
    employer.verified_by_account_id = actor.account_id
    employer.verified_at = at
    db.session.flush()
    record(
        SubjectKind.EMPLOYER,
        employer.id,
        EmployerStep.VERIFY.value,
        actor=actor,
        at=at,
        before={"state": before.value},
        after={"state": employer.state.value},
    )
    tell_registrant(employer, messages.EMPLOYER_VERIFIED, at=at)
    settle_causes(task_prefix(employer.id), settlement="employer_verified", actor=actor, at=at)
    return employer
