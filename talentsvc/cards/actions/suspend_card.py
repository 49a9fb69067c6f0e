"""A card is put out of use for now, by the window and with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.cardwork import check_officer, move_card, open_card
from talentsvc.cards.models import Card
from talentsvc.cards.telling import tell_holder
from talentsvc.cards.terms import ActorClass, CardAction, SuspensionReason


def suspend_card(
    card_id: UUID,
    *,
    suspension: SuspensionReason,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Card:
    """Suspend. Errors: NotFoundHere, StaleVersion, NotAllowedNow, InvalidInput(reason), FourEyesViolated."""
    card = open_card(card_id, at=at, expected_version=expected_version)
    check_officer(card, actor)
    card.suspension_reason = suspension
    event = move_card(
        card, CardAction.SUSPEND, actor=actor, actor_class=ActorClass.CLERK, at=at, reason=reason
    )
    tell_holder(
        card, messages.CARD_SUSPENDED, at=at, version=str(event.sequence), reason=reason.strip()
    )
    return card
