"""Public pages of events: the calendar, registering, one's own visits."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("events", __name__)

from talentsvc.events.views import (  # noqa: E402 - routes register on the blueprint above
    booth,
    calendar,
    event,
    filling_in,
    invitations,
    registrations,
    staff_proofs,
    visits,
)

__all__ = [
    "blueprint",
    "booth",
    "calendar",
    "event",
    "filling_in",
    "invitations",
    "registrations",
    "staff_proofs",
    "visits",
]
