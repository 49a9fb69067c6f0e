"""Words of the calendar of working days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class YearStatus(StrEnum):
    """Whether the State Council's table of a year is known."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"


@dataclass(frozen=True)
class CalendarChanged:
    """Days changed: due dates of open cases are worked out anew."""

    year: int
