"""New cards: number, nonce, and the places reserved for the offline token (decisions.md, "Identity")."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.cards.models import Card
from talentsvc.cards.models.card import card_number, status_list_index
from talentsvc.cards.rules.cards import Validity
from talentsvc.cards.terms import CardState
from talentsvc.core.clock import local_date
from talentsvc.core.ids import short_code
from talentsvc.core.references import ReferenceKind, format_reference
from talentsvc.extensions.database import db, keyring
from talentsvc.policy.terms import Tier

#: Enough that nobody finds a card by trying (decisions.md: the QR's 96-bit nonce).
NONCE_BITS = 96


def new_card(
    *,
    tier: Tier,
    person_id: UUID,
    employer_id: UUID | None,
    application_id: UUID,
    photo_file_id: UUID | None,
    validity: Validity,
    at: datetime,
) -> Card:
    """Make a card in force; nothing about it is reissued when the offline token comes."""
    year = local_date(at).year
    card = Card(
        number=format_reference(
            ReferenceKind.CARD, year, db.session.execute(card_number.next_value()).scalar_one()
        ),
        tier=tier,
        person_id=person_id,
        employer_id=employer_id,
        application_id=application_id,
        photo_file_id=photo_file_id,
        state=CardState.ACTIVE,
        valid_from=validity.valid_from,
        valid_until=validity.valid_until,
        nonce=short_code(NONCE_BITS),
        key_id=keyring().current_key_id,
        status_index=db.session.execute(status_list_index.next_value()).scalar_one(),
        issued_at=at,
    )
    db.session.add(card)
    db.session.flush()
    return card
