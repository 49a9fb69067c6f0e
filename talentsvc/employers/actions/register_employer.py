"""Registering an employer together with the first person who will act for it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotFoundHere
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.employers.actions.create_employer import create_employer
from talentsvc.employers.models import Employer
from talentsvc.employers.rules import EmployerDetails, checked_until
from talentsvc.employers.terms import VERIFICATION_WORKING_DAYS
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind


def register_employer(
    details: EmployerDetails,
    *,
    account: Account,
    licence_file_id: UUID,
    authorisation_file_id: UUID,
    until: date | None,
    is_founder: bool,
    actor: Actor,
    at: datetime,
) -> Employer:
    """Enter an employer, ask for the registrant's authorisation, and give both to the desk.

    Errors: InvalidInput for a known code or the day; NotFoundHere for an account without a person,
    whose page asks for one first.
    """
    if account.person_id is None:
        raise NotFoundHere()
    checked_until(until, local_date(at))
    employer = create_employer(
        details,
        licence_file_id=licence_file_id,
        registered_by_account_id=account.id,
        actor=actor,
        at=at,
    )
    ask_for_authorisation(
        employer.id,
        person_id=account.person_id,
        until=until,
        is_founder=is_founder,
        authorisation_file_id=authorisation_file_id,
        actor=actor,
        at=at,
    )
    open_verification_task(employer, at)
    return employer


def open_verification_task(employer: Employer, at: datetime) -> None:
    """Put the registration before the clerks; each time it is sent is a cause of its own."""
    open_task(
        TaskKind.EMPLOYER_TO_VERIFY,
        owner=Role.CLERK,
        subject_kind=SubjectKind.EMPLOYER.value,
        subject_id=employer.id,
        params={"what": "registration"},
        dedupe_key=f"{task_prefix(employer.id)}{employer.version}",
        working_days=VERIFICATION_WORKING_DAYS,
        at=at,
    )


def task_prefix(employer_id: UUID) -> str:
    """What the desk's tasks about a registration begin with."""
    return f"verify_employer:{employer_id}:"
