"""Public pages of cases and cards."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("cards", __name__)
