"""The desk has compared a correction with the new licence: it takes the old data's place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.employers import messages
from talentsvc.employers.actions.create_employer import write_details
from talentsvc.employers.changing import as_details, decide, take_change
from talentsvc.employers.models import EmployerChange
from talentsvc.employers.telling import tell_agents
from talentsvc.employers.terms import ChangeStep


def accept_change(
    employer_id: UUID,
    change_id: UUID,
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> EmployerChange:
    """Accept. Cases filed before keep what they were filed with; their frozen copies say so.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow once decided, FourEyesViolated.
    """
    employer, change = take_change(
        employer_id, change_id, expected_version=expected_version, actor=actor
    )
    decide(employer, change, ChangeStep.ACCEPT, actor=actor, at=at)
    write_details(employer, as_details(employer.credit_code, change.wanted))
    employer.licence_file_id = change.licence_file_id
    tell_agents(employer, change.id, messages.EMPLOYER_CHANGED, at=at)
    return change
