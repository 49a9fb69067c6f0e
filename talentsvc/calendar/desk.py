"""Desk pages of the calendar of working days."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("calendar_desk", __name__, url_prefix="/desk/calendar")
