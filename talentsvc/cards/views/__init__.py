"""Public pages of cases and cards."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("cards", __name__)

from talentsvc.cards.views import (  # noqa: E402 - routes register on the blueprint above
    apply,
    card,
    correction,
    endorse,
    evidence,
    filing,
    follow,
    notices_public,
    pledge,
    verify,
)

__all__ = [
    "apply",
    "blueprint",
    "card",
    "correction",
    "endorse",
    "evidence",
    "filing",
    "follow",
    "notices_public",
    "pledge",
    "verify",
]
