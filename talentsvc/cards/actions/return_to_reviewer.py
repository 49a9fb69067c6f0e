"""The decider sends a case back to its reviewer, saying what is open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.parts import check_part
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole


def return_to_reviewer(
    application_id: UUID,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Send back. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput(reason)."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_part(case, CaseRole.DECIDER, actor)
    move(
        case,
        CaseAction.RETURN_TO_REVIEWER,
        actor=actor,
        actor_class=ActorClass.DECIDER,
        at=at,
        reason=reason,
    )
    # The next recommendation may be another person's; the one before stays in `decision`.
    case.application.recommender_person_id = None
    return case
