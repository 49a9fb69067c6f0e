"""A suspended card is back in use."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.cardwork import check_officer, move_card, open_card
from talentsvc.cards.models import Card
from talentsvc.cards.telling import tell_holder
from talentsvc.cards.terms import ActorClass, CardAction


def reinstate_card(
    card_id: UUID, *, reason: str, actor: Actor, at: datetime, expected_version: int | None = None
) -> Card:
    """Reinstate. Errors: NotFoundHere, StaleVersion, NotAllowedNow, InvalidInput(reason), FourEyesViolated."""
    card = open_card(card_id, at=at, expected_version=expected_version)
    check_officer(card, actor)
    event = move_card(
        card, CardAction.REINSTATE, actor=actor, actor_class=ActorClass.CLERK, at=at, reason=reason
    )
    tell_holder(card, messages.CARD_REINSTATED, at=at, version=str(event.sequence))
    return card
