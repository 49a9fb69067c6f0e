"""Desk pages of persons: look-up and logged reveals."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("people_desk", __name__, url_prefix="/desk/people")
