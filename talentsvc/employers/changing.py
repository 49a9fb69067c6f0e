"""Corrections of a verified employer at work: what may be changed, and who decided on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import FourEyesViolated, NotFoundHere
from talentsvc.employers.agency import check_officer, lock_employer
from talentsvc.employers.models import Employer, EmployerChange
from talentsvc.employers.rules import CHANGE_STEPS, EmployerDetails
from talentsvc.employers.terms import ChangeState, ChangeStep, Industry, Park
from talentsvc.extensions.database import db
from talentsvc.policy.terms import EmployerLevel, EmployerType
from talentsvc.tasks.actions.settle_causes import settle_causes

#: What may be corrected; the credit code names the legal person and never changes.
FIELDS = (
    "name",
    "employer_type",
    "level",
    "industry",
    "park",
    "is_registered_in_zone",
    "is_taxed_in_zone",
)


def as_stored(source: Employer | EmployerDetails) -> dict[str, Any]:
    """The data that may be corrected, as plain values."""
    values = {field: getattr(source, field) for field in FIELDS}
    return {field: getattr(value, "value", value) for field, value in values.items()}


def as_details(credit_code: str, stored: dict[str, Any]) -> EmployerDetails:
    """Stored values as the details they were checked as."""
    return EmployerDetails(
        credit_code=credit_code,
        name=stored["name"],
        employer_type=EmployerType(stored["employer_type"]),
        level=EmployerLevel(stored["level"]),
        industry=Industry(stored["industry"]),
        park=Park(stored["park"]),
        is_registered_in_zone=stored["is_registered_in_zone"],
        is_taxed_in_zone=stored["is_taxed_in_zone"],
    )


def latest_change(employer_id: UUID) -> EmployerChange | None:
    """The correction asked for last, whatever became of it."""
    statement = (
        select(EmployerChange)
        .where(EmployerChange.employer_id == employer_id)
        .order_by(EmployerChange.asked_at.desc(), EmployerChange.id.desc())
        .limit(1)
    )
    return db.session.execute(statement).scalar_one_or_none()


def open_change(employer_id: UUID) -> EmployerChange | None:
    """The correction that waits to be checked, if one does."""
    return db.session.execute(
        select(EmployerChange).where(
            EmployerChange.employer_id == employer_id, EmployerChange.state == ChangeState.OPEN
        )
    ).scalar_one_or_none()


def change_of(employer_id: UUID, change_id: UUID) -> EmployerChange:
    """One correction of one employer. Errors: NotFoundHere, also for another employer's."""
    change = db.session.get(EmployerChange, change_id)
    if change is None or change.employer_id != employer_id:
        raise NotFoundHere()
    return change


def task_key(change_id: UUID) -> str:
    """What the desk's task about a correction is known by."""
    return f"check_change:{change_id}"


def take_change(
    employer_id: UUID, change_id: UUID, *, expected_version: int | None, actor: Actor
) -> tuple[Employer, EmployerChange]:
    """A correction under the lock of its employer, for an officer who may decide on it.

    Errors: NotFoundHere, StaleVersion, FourEyesViolated for whoever asked for it or has a tie.
    """
    employer = lock_employer(employer_id, expected_version=expected_version)
    change = db.session.get(EmployerChange, change_id, populate_existing=True)
    if change is None or change.employer_id != employer_id:
        raise NotFoundHere()
    check_officer(employer, actor)
    if change.asked_by_person_id == actor.person_id:
        raise FourEyesViolated("own_change")
    return employer, change


def decide(
    employer: Employer,
    change: EmployerChange,
    step: ChangeStep,
    *,
    actor: Actor,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Take one step with a correction: the only writer of its state. Errors: NotAllowedNow."""
    change.state = CHANGE_STEPS.target(change.state, step)
    change.reason = reason
    change.decided_by_account_id = actor.account_id
    change.decided_by_person_id = actor.person_id
    change.decided_at = at
    db.session.flush()
    is_accepted = step is ChangeStep.ACCEPT
    record(
        SubjectKind.EMPLOYER,
        employer.id,
        step.value,
        actor=actor,
        at=at,
        before={**change.former, "licence_file_id": change.former_licence_file_id},
        after={**change.wanted, "licence_file_id": change.licence_file_id}
        if is_accepted
        else {"change": change.id, "state": change.state.value},
    )
    settle_causes(task_key(change.id), settlement=step.value, actor=actor, at=at)
