"""A review is decided by a person new to the case: the rejection stands, or the case goes on notice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.deciding import write_decision
from talentsvc.cards.pledging import check_pledges
from talentsvc.cards.publishing import put_on_public_notice
from talentsvc.cards.rules.due_dates import notice_ends_on
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, DecisionKind, DecisionOutcome


def decide_review(
    application_id: UUID,
    *,
    is_overturned: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Confirm or overturn. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    if is_overturned:
        check_pledges(case, at=at)
    outcome = DecisionOutcome.POSITIVE if is_overturned else DecisionOutcome.NEGATIVE
    write_decision(case, DecisionKind.REVIEW, outcome, actor=actor, at=at, reason=reason)
    action = CaseAction.OVERTURN_REJECTION if is_overturned else CaseAction.CONFIRM_REJECTION
    move(
        case,
        action,
        actor=actor,
        actor_class=ActorClass.DECIDER,
        at=at,
        reason=reason,
        data={"notice_ends_on": notice_ends_on(at, case.limits, case.calendar).isoformat()}
        if is_overturned
        else None,
    )
    if is_overturned:
        put_on_public_notice(case, at=at)
    tell_applicant(
        case,
        messages.REVIEW_DECIDED,
        at=at,
        version=str(len(case.events)),
        reason=reason.strip(),
        is_overturned="1" if is_overturned else "",
    )
    return case
