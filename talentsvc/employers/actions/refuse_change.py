"""The desk does not take a correction over, and says why; the old data stay in force."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.employers import messages
from talentsvc.employers.changing import decide, take_change
from talentsvc.employers.models import EmployerChange
from talentsvc.employers.rules import checked_reason
from talentsvc.employers.telling import tell_agents
from talentsvc.employers.terms import ChangeStep


def refuse_change(
    employer_id: UUID,
    change_id: UUID,
    *,
    reason: str,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> EmployerChange:
    """Refuse. Errors: InvalidInput without a reason, else as for accepting."""
    said = checked_reason(reason)
    employer, change = take_change(
        employer_id, change_id, expected_version=expected_version, actor=actor
    )
    decide(employer, change, ChangeStep.REFUSE, actor=actor, at=at, reason=said)
    tell_agents(employer, change.id, messages.EMPLOYER_CHANGE_REFUSED, at=at, reason=said)
    return change
