"""What the rules said of a case, and whether a recommendation or approval goes with it.

The rules suggest, a person decides (PIPL 24): what a rule leaves to a person needs a written reason,
and what a rule refuses cannot be approved without a finding that says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.casework import Case
from talentsvc.cards.models import Decision, Finding, StoredEvaluation
from talentsvc.cards.rules.eligibility import (
    approval_problem,
    recognition_problem,
    recommendation_problem,
)
from talentsvc.cards.terms import DecisionKind, DecisionOutcome
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.database import db

if TYPE_CHECKING:
    from talentsvc.cards.actions.recommend import CriterionFinding


def newest_evaluation(application_id: UUID) -> dict[str, Any]:
    """The newest stored verdicts of a case, as JSON."""
    content = db.session.execute(
        select(StoredEvaluation.content)
        .where(StoredEvaluation.application_id == application_id)
        .order_by(StoredEvaluation.evaluated_at.desc(), StoredEvaluation.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return content or {}


def newest_recommendation(application_id: UUID) -> Decision | None:
    """The recommendation that is on the table."""
    return db.session.execute(
        select(Decision)
        .where(
            Decision.application_id == application_id, Decision.kind == DecisionKind.RECOMMENDATION
        )
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def newest_recognition(application_id: UUID) -> bool | None:
    """The talent office's latest answer, None when it was not asked or has not answered."""
    outcome = db.session.execute(
        select(Decision.outcome)
        .where(Decision.application_id == application_id, Decision.kind == DecisionKind.RECOGNITION)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return None if outcome is None else outcome is DecisionOutcome.POSITIVE


def findings_of(decision_id: UUID) -> list[Finding]:
    """The findings of a recommendation."""
    return list(
        db.session.execute(
            select(Finding)
            .where(Finding.decision_id == decision_id)
            .order_by(Finding.criterion_code)
        ).scalars()
    )


def check_recommendation(
    case: Case, *, is_positive: bool, findings: Sequence[CriterionFinding]
) -> None:
    """Refuse a recommendation that does not answer every criterion. Errors: InvalidInput(findings)."""
    evaluation = newest_evaluation(case.application.id)
    problem = recommendation_problem(
        evaluation,
        {finding.criterion_code: (finding.outcome, finding.reason) for finding in findings},
        is_positive=is_positive,
    )
    if problem is None and is_positive:
        problem = recognition_problem(
            evaluation, is_recognised=newest_recognition(case.application.id)
        )
    if problem is not None:
        raise InvalidInput("findings", problem.code, criterion=problem.criterion_code)


def check_approval(case: Case) -> None:
    """Refuse an approval that the findings on the table do not carry. Errors: InvalidInput(decision)."""
    recommendation = newest_recommendation(case.application.id)
    findings = findings_of(recommendation.id) if recommendation else []
    problem = approval_problem(
        newest_evaluation(case.application.id),
        {finding.criterion_code: (finding.outcome, finding.reason or "") for finding in findings},
        is_recommended=bool(recommendation and recommendation.outcome is DecisionOutcome.POSITIVE),
    )
    if problem is not None:
        raise InvalidInput("decision", problem.code, criterion=problem.criterion_code)
