"""Writing a decision of any kind: one place, so that the four eyes are asked for every one."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.cards.casework import Case
from talentsvc.cards.models import Decision
from talentsvc.cards.parts import check_part
from talentsvc.cards.terms import CaseRole, DecisionKind, DecisionOutcome
from talentsvc.core.errors import FourEyesViolated, InvalidInput
from talentsvc.extensions.database import db

#: Which part somebody takes by a decision, and the column that holds that person for the constraints.
PART_OF = {
    DecisionKind.RECOMMENDATION: (CaseRole.RECOMMENDER, "recommender_person_id"),
    DecisionKind.RECOGNITION: (CaseRole.RECOGNISER, None),
    DecisionKind.DECISION: (CaseRole.DECIDER, "decider_person_id"),
    DecisionKind.OBJECTION: (CaseRole.OBJECTION_DECIDER, "objection_decider_person_id"),
    DecisionKind.REVIEW: (CaseRole.REVIEW_DECIDER, "review_decider_person_id"),
}


def write_decision(
    case: Case,
    kind: DecisionKind,
    outcome: DecisionOutcome,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    clause: str | None = None,
    remedy: str | None = None,
) -> Decision:
    """Write who decided what and why. Errors: FourEyesViolated, InvalidInput(reason)."""
    role, column = PART_OF[kind]
    person_id = check_part(case, role, actor)
    if actor.account_id is None:
        raise FourEyesViolated("no_person", role=role.value)
    if not reason.strip():
        raise InvalidInput("reason", "reason_required")
    if column is not None:
        setattr(case.application, column, person_id)
    decision = Decision(
        application_id=case.application.id,
        kind=kind,
        outcome=outcome,
        person_id=person_id,
        account_id=actor.account_id,
        reason=reason.strip(),
        clause=clause.strip() if clause else None,
        remedy=remedy.strip() if remedy else None,
        decided_at=at,
    )
    db.session.add(decision)
    db.session.flush()
    return decision
