"""A special skill needs the talent office's recognition; the decision clock stands still meanwhile."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.parts import check_part
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole


def send_for_recognition(
    application_id: UUID,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Ask the talent office. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_part(case, CaseRole.RECOMMENDER, actor)
    move(
        case,
        CaseAction.SEND_FOR_RECOGNITION,
        actor=actor,
        actor_class=ActorClass.REVIEWER,
        at=at,
        reason=reason,
    )
    return case
