"""A positive decision: the case goes on public notice; the clock issues the card when that ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, check_possible, move
from talentsvc.cards.deciding import write_decision
from talentsvc.cards.pledging import check_pledges
from talentsvc.cards.publishing import put_on_public_notice
from talentsvc.cards.reviewing import check_approval
from talentsvc.cards.rules.due_dates import notice_ends_on
from talentsvc.cards.terms import ActorClass, CaseAction, DecisionKind, DecisionOutcome


def approve_application(
    application_id: UUID,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Approve. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_possible(case, CaseAction.APPROVE)
    check_approval(case)
    check_pledges(case, at=at)
    write_decision(
        case, DecisionKind.DECISION, DecisionOutcome.POSITIVE, actor=actor, at=at, reason=reason
    )
    move(
        case,
        CaseAction.APPROVE,
        actor=actor,
        actor_class=ActorClass.DECIDER,
        at=at,
        data={"notice_ends_on": notice_ends_on(at, case.limits, case.calendar).isoformat()},
    )
    case.application.decided_at = at
    put_on_public_notice(case, at=at)
    return case
