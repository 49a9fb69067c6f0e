"""Desk pages of events."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("events_desk", __name__, url_prefix="/desk/events")

from talentsvc.events.desk import (  # noqa: E402 - routes register on the blueprint above
    booths,
    decisions,
    hall_steps,
    halls,
    occasions,
    registrations,
    sessions,
    staff_proofs,
    visitors,
)

__all__ = [
    "blueprint",
    "booths",
    "decisions",
    "hall_steps",
    "halls",
    "occasions",
    "registrations",
    "sessions",
    "staff_proofs",
    "visitors",
]
