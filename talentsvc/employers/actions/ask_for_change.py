"""An agent asks to correct the data of a verified employer, with a new licence (product.md C1)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere
from talentsvc.employers.agency import lock_employer
from talentsvc.employers.changing import as_stored, open_change, task_key
from talentsvc.employers.models import EmployerChange
from talentsvc.employers.rules import EmployerDetails
from talentsvc.employers.terms import VERIFICATION_WORKING_DAYS, ChangeState, EmployerState
from talentsvc.extensions.database import db
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind

STEP = "ask_for_change"


def ask_for_change(
    employer_id: UUID,
    details: EmployerDetails,
    *,
    licence_file_id: UUID,
    expected_version: int,
    actor: Actor,
    at: datetime,
) -> EmployerChange:
    """Ask; the old data stay in force until somebody else at the desk has compared the licence.

    Errors: NotFoundHere for whoever does not act for it, StaleVersion, NotAllowedNow for one that is
    not verified or has a correction waiting, InvalidInput(credit_code) for another legal person,
    InvalidInput(name) when nothing would change.
    """
    if employer_id not in actor.employer_ids or actor.person_id is None:
        raise NotFoundHere()
    employer = lock_employer(employer_id, expected_version=expected_version)
    if employer.state is not EmployerState.VERIFIED or open_change(employer_id) is not None:
        raise NotAllowedNow(employer.state, STEP)
    if details.credit_code != employer.credit_code:
        raise InvalidInput("credit_code", "fixed")
    former, wanted = as_stored(employer), as_stored(details)
    if former == wanted:
        raise InvalidInput("name", "unchanged")
    change = EmployerChange(
        employer_id=employer_id,
        state=ChangeState.OPEN,
        former=former,
        wanted=wanted,
        former_licence_file_id=employer.licence_file_id,
        licence_file_id=licence_file_id,
        asked_by_account_id=actor.account_id,
        asked_by_person_id=actor.person_id,
        asked_at=at,
    )
    db.session.add(change)
    db.session.flush()
    _put_before_the_desk(change, actor=actor, at=at)
    return change


def _put_before_the_desk(change: EmployerChange, *, actor: Actor, at: datetime) -> None:
    record(
        SubjectKind.EMPLOYER,
        change.employer_id,
        STEP,
        actor=actor,
        at=at,
        before=change.former,
        after={**change.wanted, "change": change.id, "licence_file_id": change.licence_file_id},
        on_behalf_of=change.employer_id,
    )
    open_task(
        TaskKind.EMPLOYER_TO_VERIFY,
        owner=Role.CLERK,
        subject_kind=SubjectKind.EMPLOYER.value,
        subject_id=change.employer_id,
        params={"what": "change"},
        dedupe_key=task_key(change.id),
        working_days=VERIFICATION_WORKING_DAYS,
        at=at,
    )
