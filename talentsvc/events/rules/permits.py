"""The permit of a mass event: asked for 20 days before, from 1,000 visitors of one session (facts.md 3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from talentsvc.events.terms.event import (
    CITY_PERMIT_VISITORS,
    MASS_EVENT_VISITORS,
    PERMIT_DAYS_AHEAD,
)


class PermitNeed(StrEnum):
    """Whether a permit is needed and what about it."""

    NOT_NEEDED = "not_needed"
    TO_APPLY = "to_apply"
    TOO_LATE = "too_late"
    APPLIED = "applied"
    APPLIED_LATE = "applied_late"
    GRANTED = "granted"


class PermitLevel(StrEnum):
    """Whose police decides."""

    COUNTY = "county"
    CITY = "city"


#: With these nothing may be published or opened.
STOPPING = frozenset({PermitNeed.TOO_LATE, PermitNeed.APPLIED_LATE})


@dataclass(frozen=True, slots=True)
class Permit:
    """What holds for a session's permit."""

    need: PermitNeed
    apply_by: date
    level: PermitLevel


def permit_of(
    expected_visitors: int,
    held_on: date,
    applied_on: date | None,
    number: str | None,
    *,
    today: date,
) -> Permit:
    """Return what is needed. The last day to apply is itself in time; asking later is not."""
    apply_by = held_on - timedelta(days=PERMIT_DAYS_AHEAD)
    is_large = expected_visitors >= CITY_PERMIT_VISITORS
    level = PermitLevel.CITY if is_large else PermitLevel.COUNTY
    return Permit(_need(expected_visitors, apply_by, applied_on, number, today), apply_by, level)


def _need(
    expected: int, apply_by: date, applied_on: date | None, number: str | None, today: date
) -> PermitNeed:
    if expected < MASS_EVENT_VISITORS:
        return PermitNeed.NOT_NEEDED
    if applied_on is None:
        return PermitNeed.TOO_LATE if today > apply_by else PermitNeed.TO_APPLY
    if number:
        return PermitNeed.GRANTED
    return PermitNeed.APPLIED_LATE if applied_on > apply_by else PermitNeed.APPLIED
