"""A card is reported lost: its number is out of use at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.cardwork import check_officer, move_card, open_card
from talentsvc.cards.models import Card
from talentsvc.cards.telling import tell_holder
from talentsvc.cards.terms import ActorClass, CardAction, SuspensionReason
from talentsvc.core.errors import NotFoundHere


def report_loss(
    card_id: UUID,
    *,
    actor: Actor,
    actor_class: ActorClass,
    at: datetime,
    expected_version: int | None = None,
) -> Card:
    """Report a loss, by the holder or at the window.

    Errors: NotFoundHere (also another person's card), StaleVersion, NotAllowedNow, FourEyesViolated.
    """
    is_holder = actor_class is ActorClass.APPLICANT
    if is_holder and actor.person_id is None:
        raise NotFoundHere()
    card = open_card(
        card_id,
        at=at,
        expected_version=expected_version,
        holder_id=actor.person_id if is_holder else None,
    )
    if not is_holder:
        check_officer(card, actor)
    card.suspension_reason = SuspensionReason.LOSS
    event = move_card(card, CardAction.REPORT_LOSS, actor=actor, actor_class=actor_class, at=at)
    tell_holder(
        card,
        messages.CARD_SUSPENDED,
        at=at,
        version=str(event.sequence),
        reason=SuspensionReason.LOSS.value,
    )
    return card
