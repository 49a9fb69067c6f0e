"""Desk pages of cases and cards."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("cards_desk", __name__, url_prefix="/desk")

from talentsvc.cards.desk import board  # noqa: E402, F401 - routes register on the blueprint above
