"""Entering an employer; it is verified by another person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput
from talentsvc.employers.models import Employer
from talentsvc.employers.rules import EmployerDetails, company_tokens
from talentsvc.employers.terms import EmployerState
from talentsvc.extensions.database import db


def create_employer(
    details: EmployerDetails,
    *,
    licence_file_id: UUID | None,
    registered_by_account_id: UUID | None,
    actor: Actor,
    at: datetime,
) -> Employer:
    """Enter an employer with checked details (`rules.check_employer`), waiting for verification.

    Errors: InvalidInput("credit_code", "exists"); two at the same moment end at the constraint
    `uq_employer_credit_code`, which says the same.
    """
    refuse_known_code(details.credit_code)
    employer = Employer(
        state=EmployerState.PENDING,
        licence_file_id=licence_file_id,
        registered_by_account_id=registered_by_account_id,
        created_at=at,
    )
    write_details(employer, details)
    db.session.add(employer)
    db.session.flush()
    record(
        SubjectKind.EMPLOYER,
        employer.id,
        "register_employer",
        actor=actor,
        at=at,
        after=audited(employer),
    )
    return employer


def refuse_known_code(credit_code: str) -> None:
    """A code is registered once. Says nothing of the employer that has it."""
    known = select(Employer.id).where(Employer.credit_code == credit_code)
    if db.session.execute(known).first() is not None:
        raise InvalidInput("credit_code", "exists")


def write_details(employer: Employer, details: EmployerDetails) -> None:
    """Copy checked details into the row, with the tokens that make it findable."""
    employer.credit_code = details.credit_code
    employer.name = details.name
    employer.name_tokens = company_tokens(details.name, details.credit_code)
    employer.employer_type = details.employer_type
    employer.level = details.level
    employer.industry = details.industry
    employer.park = details.park
    employer.is_registered_in_zone = details.is_registered_in_zone
    employer.is_taxed_in_zone = details.is_taxed_in_zone


def audited(employer: Employer) -> dict[str, object]:
    """The fields of an employer for the record; a legal person has no personal data."""
    return {
        "credit_code": employer.credit_code,
        "name": employer.name,
        "employer_type": employer.employer_type.value,
        "level": employer.level.value,
        "industry": employer.industry.value,
        "park": employer.park.value,
        "is_registered_in_zone": employer.is_registered_in_zone,
        "is_taxed_in_zone": employer.is_taxed_in_zone,
        "licence_file_id": employer.licence_file_id,
        "state": employer.state.value,
    }
