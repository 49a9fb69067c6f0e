"""A rejected applicant asks for a review (复核), once and within the limit (decisions.md)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.rules.due_dates import filing_of
from talentsvc.cards.terms import ActorClass, CaseAction
from talentsvc.core.errors import NotFoundHere


def request_review(
    application_id: UUID,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Ask for a review. Errors: NotFoundHere, StaleVersion, NotAllowedNow (too late, or again), InvalidInput."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    if case.application.account_id != actor.account_id:
        raise NotFoundHere()
    filing = filing_of(at, case.limits, case.calendar)
    move(
        case,
        CaseAction.REQUEST_REVIEW,
        actor=actor,
        actor_class=ActorClass.APPLICANT,
        at=at,
        reason=reason,
        effective_on=filing.received_on,
    )
    return case
