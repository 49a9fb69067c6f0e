"""The clerk hands the card over; the case is at its end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.models import Card
from talentsvc.cards.parts import check_part
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole
from talentsvc.extensions.database import db


def hand_over_card(
    application_id: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """Hand over. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_part(case, CaseRole.CLERK, actor)
    move(case, CaseAction.HAND_OVER, actor=actor, actor_class=ActorClass.CLERK, at=at)
    cards = db.session.execute(select(Card).where(Card.application_id == application_id)).scalars()
    for card in cards:
        card.handed_over_at = card.handed_over_at or at
    return case
