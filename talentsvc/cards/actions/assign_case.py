"""An officer takes a case, is given one, or puts it back; never one of their own or their kin's."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.accounts.queries import staff_person_id
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case
from talentsvc.cards.parts import part_problem
from talentsvc.cards.terms import CaseRole
from talentsvc.core.errors import FourEyesViolated, InvalidInput


def assign_case(
    application_id: UUID,
    *,
    to_account_id: UUID | None,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Assign to an officer, or to nobody (None). Errors: NotFoundHere, StaleVersion, FourEyesViolated, InvalidInput."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    before = case.application.assigned_to_account_id
    if to_account_id is not None:
        person_id = staff_person_id(to_account_id, at)
        if person_id is None:
            raise InvalidInput("to_account_id", "not_an_officer")
        problem = part_problem(case, CaseRole.CLERK, person_id)
        if problem is not None:
            raise FourEyesViolated(problem.value)
    case.application.assigned_to_account_id = to_account_id
    case.application.updated_at = at
    record(
        SubjectKind.APPLICATION,
        application_id,
        "assign",
        actor=actor,
        at=at,
        before={"assigned_to": before},
        after={"assigned_to": to_account_id},
    )
    return case
