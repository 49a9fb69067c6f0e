"""The window accepts a case: everything is there, the decision clock runs from today."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.parts import check_part
from talentsvc.cards.telling import tell_accepted
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole
from talentsvc.core.clock import local_date


def accept_application(
    application_id: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """Accept. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_part(case, CaseRole.CLERK, actor)
    accepted_on = local_date(at)
    case.application.accepted_on = accepted_on
    move(
        case,
        CaseAction.ACCEPT,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=at,
        effective_on=accepted_on,
    )
    tell_accepted(case, at=at)
    return case
