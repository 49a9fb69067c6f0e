"""The reviewer's finding per criterion and what is recommended; another person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, check_possible, move
from talentsvc.cards.deciding import write_decision
from talentsvc.cards.models import Finding
from talentsvc.cards.reviewing import check_recommendation
from talentsvc.cards.terms import (
    ActorClass,
    CaseAction,
    DecisionKind,
    DecisionOutcome,
    FindingOutcome,
)
from talentsvc.extensions.database import db


@dataclass(frozen=True)
class CriterionFinding:
    """What the reviewer found for one criterion; the reason is needed where the rule asks a person."""

    criterion_code: str
    outcome: FindingOutcome
    reason: str = ""


def recommend(
    application_id: UUID,
    *,
    is_positive: bool,
    reason: str,
    findings: Sequence[CriterionFinding],
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Recommend to approve or to reject.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated; InvalidInput for a criterion
    without a finding, a soft one without a written reason, or an approval against a hard one.
    """
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_possible(case, CaseAction.RECOMMEND)
    check_recommendation(case, is_positive=is_positive, findings=findings)
    outcome = DecisionOutcome.POSITIVE if is_positive else DecisionOutcome.NEGATIVE
    decision = write_decision(
        case, DecisionKind.RECOMMENDATION, outcome, actor=actor, at=at, reason=reason
    )
    db.session.add_all(
        Finding(
            decision_id=decision.id,
            criterion_code=finding.criterion_code,
            outcome=finding.outcome,
            reason=finding.reason.strip() or None,
        )
        for finding in findings
    )
    move(
        case,
        CaseAction.RECOMMEND,
        actor=actor,
        actor_class=ActorClass.REVIEWER,
        at=at,
        data={"is_positive": is_positive},
    )
    return case
