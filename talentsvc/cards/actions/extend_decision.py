"""The decision time is extended once, with a reason that the applicant is told (facts.md 6.3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.parts import check_part
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole


def extend_decision(
    application_id: UUID,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Extend. Errors: NotFoundHere, StaleVersion, NotAllowedNow (late, or a second time), FourEyesViolated."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_part(case, CaseRole.DECIDER, actor)
    move(
        case,
        CaseAction.EXTEND_DECISION,
        actor=actor,
        actor_class=ActorClass.DECIDER,
        at=at,
        reason=reason,
    )
    last_days = [deadline.due_on for deadline in case.deadlines if deadline.due_on is not None]
    tell_applicant(
        case,
        messages.DECISION_EXTENDED,
        at=at,
        reason=reason.strip(),
        due_on=str(max(last_days)) if last_days else "",
    )
    return case
