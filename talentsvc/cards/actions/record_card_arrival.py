"""An issued card proves when its holder's contract in the zone began."""

from __future__ import annotations

from talentsvc.cards.terms import CardIssued


def record_card_arrival(happened: CardIssued) -> None:
    """Write the arrival fact."""
