"""Writing down what time has done to cards; a card past its last day verifies as expired without it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards import messages
from talentsvc.cards.cardwork import open_card
from talentsvc.cards.models import Card
from talentsvc.cards.rules.cards import RUNNING_STATES
from talentsvc.cards.telling import tell_holder
from talentsvc.cards.terms import CardState
from talentsvc.core.clock import local_date
from talentsvc.extensions.database import db


def cards_past_their_day(at: datetime, limit: int) -> list[UUID]:
    """Cards whose last day is over and not yet written down, the longest overdue first."""
    statement = (
        select(Card.id)
        .where(Card.state.in_(RUNNING_STATES), Card.valid_until < local_date(at))
        .order_by(Card.valid_until, Card.id)
        .limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def expire_card(card_id: UUID, *, at: datetime) -> Card:
    """Write one expiry down and tell the holder."""
    card = open_card(card_id, at=at)
    if card.state is CardState.EXPIRED:
        tell_holder(card, messages.CARD_EXPIRED, at=at)
    return card
