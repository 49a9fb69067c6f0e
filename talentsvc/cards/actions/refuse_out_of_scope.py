"""The window does not take a case in that is not the zone's, and names the right office."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.parts import check_part
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole
from talentsvc.core.errors import InvalidInput


def refuse_out_of_scope(
    application_id: UUID,
    *,
    reason: str,
    right_office: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Refuse to take in. Errors: as for accepting, and InvalidInput without reason or office."""
    if not right_office.strip():
        raise InvalidInput("right_office", "required")
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_part(case, CaseRole.CLERK, actor)
    move(
        case,
        CaseAction.REFUSE_OUT_OF_SCOPE,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=at,
        reason=reason,
        data={"right_office": right_office.strip()},
    )
    tell_applicant(
        case, messages.NOT_ACCEPTED, at=at, reason=reason.strip(), office=right_office.strip()
    )
    return case
