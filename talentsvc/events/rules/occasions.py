"""What an event needs before the public may see it, and what may be typed about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.cities import CITIES
from talentsvc.events.rules.permits import STOPPING, permit_of
from talentsvc.events.terms.event import (
    BOOTH_KINDS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Admission,
    EventKind,
    SessionState,
)


class Missing(StrEnum):
    """What keeps an event from being published."""

    NO_SESSION = "no_session"
    SESSION_OVER = "session_over"
    NO_PLACES = "no_places"
    NO_REGISTRATION_PERIOD = "no_registration_period"
    NO_CONFIRMATION = "no_confirmation"
    REGISTRATION_AFTER_SESSION = "registration_after_session"
    CONFIRMATION_AFTER_SESSION = "confirmation_after_session"
    PERMIT_TOO_LATE = "permit_too_late"


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What staff type about an event; moments are aware, `terms` as `EventTerms.as_data` gives them."""

    kind: EventKind
    title_zh: str
    title_en: str
    summary_zh: str
    summary_en: str
    organiser_zh: str
    organiser_en: str
    contact: str
    admission: Admission
    is_invitation_only: bool
    takes_visitors: bool
    edition: int | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    results_visible_at: datetime | None
    confirm_due_at: datetime | None
    terms: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """What staff type about a session."""

    city: str
    host_zh: str
    host_en: str
    place_zh: str
    place_en: str
    starts_at: datetime
    ends_at: datetime
    places: int
    visitor_places: int | None
    expected_visitors: int
    permit_applied_on: date | None
    permit_number: str | None


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """What of a session decides whether its event may be published."""

    state: SessionState
    starts_at: datetime
    ends_at: datetime
    held_on: date
    places: int
    expected_visitors: int
    permit_applied_on: date | None
    permit_number: str | None


def check_event(details: EventDetails) -> None:
    """Raise InvalidInput for the first value that cannot be right; the fields' own shape is the form's."""
    for name in ("title_zh", "title_en", "organiser_zh", "organiser_en", "contact"):
        _require_text(name, getattr(details, name), LONGEST_TITLE)
    for name in ("summary_zh", "summary_en"):
        _require_text(name, getattr(details, name), LONGEST_TEXT)
    opens, closes = details.registration_opens_at, details.registration_closes_at
    if (opens is None) != (closes is None):
        raise InvalidInput("registration_closes_at", "both_or_none")
    if opens and closes and opens >= closes:
        raise InvalidInput("registration_closes_at", "before_opening")
    visible, confirm = details.results_visible_at, details.confirm_due_at
    if (visible is None) != (confirm is None):
        raise InvalidInput("confirm_due_at", "both_or_none")
    if visible and confirm and visible > confirm:
        raise InvalidInput("confirm_due_at", "before_results")
    if visible and closes and visible < closes:
        raise InvalidInput("results_visible_at", "before_closing")


def check_session(details: SessionDetails) -> None:
    """Raise InvalidInput for the first value that cannot be right."""
    if details.city not in CITIES:
        raise InvalidInput("city", "unknown")
    for name in ("host_zh", "host_en", "place_zh", "place_en"):
        _require_text(name, getattr(details, name), LONGEST_TITLE)
    if details.starts_at >= details.ends_at:
        raise InvalidInput("ends_at", "before_beginning")
    if details.permit_number and details.permit_applied_on is None:
        raise InvalidInput("permit_applied_on", "missing")


def missing_for_publishing(
    details: EventDetails, sessions: Sequence[PlannedSession], at: datetime, today: date
) -> list[Missing]:
    """Return everything at once that keeps an event from the public, in a fixed order."""
    planned = [one for one in sessions if one.state is SessionState.PLANNED]
    if not planned:
        return [Missing.NO_SESSION]
    found = []
    if any(one.ends_at <= at for one in planned):
        found.append(Missing.SESSION_OVER)
    if details.kind in BOOTH_KINDS:
        found += _missing_for_companies(details, planned)
    permits = [
        permit_of(
            one.expected_visitors,
            one.held_on,
            one.permit_applied_on,
            one.permit_number,
            today=today,
        )
        for one in planned
    ]
    if any(permit.need in STOPPING for permit in permits):
        found.append(Missing.PERMIT_TOO_LATE)
    return found


def _missing_for_companies(
    details: EventDetails, planned: Sequence[PlannedSession]
) -> list[Missing]:
    first = min(one.starts_at for one in planned)
    found = []
    if any(one.places < 1 for one in planned):
        found.append(Missing.NO_PLACES)
    if details.registration_opens_at is None or details.registration_closes_at is None:
        found.append(Missing.NO_REGISTRATION_PERIOD)
    elif details.registration_closes_at > first:
        found.append(Missing.REGISTRATION_AFTER_SESSION)
    if details.confirm_due_at is None:
        found.append(Missing.NO_CONFIRMATION)
    elif details.confirm_due_at > first:
        found.append(Missing.CONFIRMATION_AFTER_SESSION)
    return found


def _require_text(name: str, value: str, most: int) -> None:
    if not value.strip():
        raise InvalidInput(name, "missing")
    if len(value) > most:
        raise InvalidInput(name, "too_long")
