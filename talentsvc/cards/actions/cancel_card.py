"""A card ends before its last day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.cardwork import check_officer, move_card, open_card
from talentsvc.cards.models import Card
from talentsvc.cards.rules.transitions import who_may_cancel
from talentsvc.cards.telling import tell_holder
from talentsvc.cards.terms import ActorClass, CancellationReason, CardAction
from talentsvc.core.errors import NotAllowedNow


def cancel_card(
    card_id: UUID,
    *,
    cancellation: CancellationReason,
    reason: str,
    actor: Actor,
    actor_class: ActorClass,
    at: datetime,
    expected_version: int | None = None,
) -> Card:
    """Cancel. Errors: NotFoundHere, StaleVersion, InvalidInput(reason), FourEyesViolated; NotAllowedNow also when a clerk revokes."""
    card = open_card(card_id, at=at, expected_version=expected_version)
    check_officer(card, actor)
    if actor_class not in who_may_cancel(cancellation):
        raise NotAllowedNow(card.state, CardAction.CANCEL, actor=actor_class.value)
    card.cancellation_reason = cancellation
    move_card(card, CardAction.CANCEL, actor=actor, actor_class=actor_class, at=at, reason=reason)
    tell_holder(card, messages.CARD_CANCELLED, at=at, reason=reason.strip())
    return card
