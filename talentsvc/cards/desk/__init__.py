"""Desk pages of cases and cards."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("cards_desk", __name__, url_prefix="/desk")

from talentsvc.cards.desk import (  # noqa: E402 - routes register on the blueprint above
    board,
    card_steps,
    cards,
    case,
    evidence,
    in_person,
    officers,
    pledges,
    reviewing_steps,
    steps,
)

__all__ = [
    "blueprint",
    "board",
    "card_steps",
    "cards",
    "case",
    "evidence",
    "in_person",
    "officers",
    "pledges",
    "reviewing_steps",
    "steps",
]
