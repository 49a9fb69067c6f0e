"""Desk pages of cases and cards."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("cards_desk", __name__, url_prefix="/desk/cases")
