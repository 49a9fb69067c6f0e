"""A negative decision: with a clause, a reason in words, and what can be done against it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.deciding import write_decision
from talentsvc.cards.rules.eligibility import rejection_problem
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, DecisionKind, DecisionOutcome
from talentsvc.core.errors import InvalidInput


def reject_application(
    application_id: UUID,
    *,
    reason: str,
    clause: str,
    remedy: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Reject. Errors: as for approving; InvalidInput without a clause or a remedy."""
    problem = rejection_problem(reason=reason, clause=clause, remedy=remedy)
    if problem is not None:
        raise InvalidInput(problem.code.partition("_")[0], problem.code)
    case = open_case(application_id, at=at, expected_version=expected_version)
    write_decision(
        case,
        DecisionKind.DECISION,
        DecisionOutcome.NEGATIVE,
        actor=actor,
        at=at,
        reason=reason,
        clause=clause,
        remedy=remedy,
    )
    move(
        case,
        CaseAction.REJECT,
        actor=actor,
        actor_class=ActorClass.DECIDER,
        at=at,
        reason=reason,
        data={"clause": clause.strip()},
    )
    case.application.decided_at = at
    tell_applicant(
        case,
        messages.REJECTED,
        at=at,
        version=str(len(case.events)),
        reason=reason.strip(),
        clause=clause.strip(),
        remedy=remedy.strip(),
        due_on=str(case.application.due_on),
    )
    return case
