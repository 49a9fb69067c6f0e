"""The talent office says whether it recognises a special skill; the case goes back to its reviewer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.deciding import write_decision
from talentsvc.cards.terms import ActorClass, CaseAction, DecisionKind, DecisionOutcome


def record_recognition(
    application_id: UUID,
    *,
    is_recognised: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Record the answer. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    outcome = DecisionOutcome.POSITIVE if is_recognised else DecisionOutcome.NEGATIVE
    write_decision(case, DecisionKind.RECOGNITION, outcome, actor=actor, at=at, reason=reason)
    move(
        case,
        CaseAction.RECORD_RECOGNITION,
        actor=actor,
        actor_class=ActorClass.RECOGNISER,
        at=at,
        reason=reason,
        data={"is_recognised": is_recognised},
    )
    return case
