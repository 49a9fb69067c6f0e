"""Mending a registration and sending it again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.employers.actions.create_employer import audited, refuse_known_code, write_details
from talentsvc.employers.actions.register_employer import open_verification_task
from talentsvc.employers.agency import lock_employer
from talentsvc.employers.models import Employer
from talentsvc.employers.rules import EMPLOYER_STEPS, EmployerDetails
from talentsvc.employers.terms import EmployerState, EmployerStep
from talentsvc.extensions.database import db


def mend_employer(
    employer_id: UUID,
    details: EmployerDetails,
    *,
    licence_file_id: UUID | None,
    expected_version: int,
    actor: Actor,
    at: datetime,
) -> Employer:
    """Change a registration that is refused or still waiting; a refused one goes back to the desk.

    No new licence keeps the one on file. An officer who has the older version open is told, since
    the version is raised.
    Errors: StaleVersion, NotAllowedNow for a verified one, InvalidInput for another employer's code.
    """
    employer = lock_employer(employer_id, expected_version=expected_version)
    before = audited(employer)
    was_refused = employer.state is EmployerState.REFUSED
    target = EMPLOYER_STEPS.target(employer.state, EmployerStep.MEND)
    # Refused before anything is written: the form comes back and its unit of work is kept.
    if details.credit_code != employer.credit_code:
        refuse_known_code(details.credit_code)
    employer.state = target
    write_details(employer, details)
    employer.licence_file_id = licence_file_id or employer.licence_file_id
    employer.refusal_reason = None
    db.session.flush()
    after = audited(employer)
    record(
        SubjectKind.EMPLOYER,
        employer.id,
        EmployerStep.MEND.value,
        actor=actor,
        at=at,
        before=before,
        after=after,
    )
    if was_refused:
        open_verification_task(employer, at)
    return employer
