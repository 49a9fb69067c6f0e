"""The parameters of one event: typed data with a default each, stored with the event (▲ facts.md 8.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import time
from typing import Any

from talentsvc.core.errors import InvalidInput
from talentsvc.events.terms.event import RankingKey
from talentsvc.events.terms.registration import MOST_ATTENDEES

#: Whole numbers and the least and most that make sense.
_RANGES = {
    "most_attendees": (1, 10),
    "most_positions": (1, 100),
    "promoted_hours": (1, 240),
    "cancel_free_working_days": (0, 30),
    "results_due_working_days": (1, 60),
    "cv_retention_months": (1, 24),
}


@dataclass(frozen=True, slots=True)
class EventTerms:
    """What holds for the companies of one event."""

    #: Attendees for one booth (facts.md 3.1).
    most_attendees: int = MOST_ATTENDEES
    most_positions: int = 30
    #: Hours in which somebody who moved up from the waiting list confirms (design).
    promoted_hours: int = 48
    #: Working days before the session until which giving a place back is no breach (facts.md 3.1).
    cancel_free_working_days: int = 1
    #: Until when on the day a booth is kept (facts.md 3.1), in the zone's time, HH:MM.
    booth_kept_until: str = "09:30"
    #: Working days after the session in which results are reported (facts.md 8.7, design).
    results_due_working_days: int = 5
    #: Months after the session for which a shared CV is kept (facts.md 8.7).
    cv_retention_months: int = 6
    #: How companies are ranked where they are chosen: the stated policy.
    ranking: tuple[str, ...] = (
        RankingKey.FEWEST_BREACHES.value,
        RankingKey.LEAD_INDUSTRY.value,
        RankingKey.POINTS.value,
        RankingKey.FILED_FIRST.value,
    )

    def as_data(self) -> dict[str, Any]:
        """For the event's column; `read_terms` gives the same back."""
        return {**asdict(self), "ranking": list(self.ranking)}

    @property
    def booth_kept_until_time(self) -> time:
        """The hour of the day as a time."""
        return time.fromisoformat(self.booth_kept_until)


def read_terms(data: Mapping[str, Any]) -> EventTerms:
    """Read stored or typed parameters; what is missing has its default.

    Raises InvalidInput for an unknown name or a value out of range.
    """
    known = {field.name for field in fields(EventTerms)}
    for name in data:
        if name not in known:
            raise InvalidInput(name, "unknown")
    for name, (least, most) in _RANGES.items():
        value = data.get(name)
        if value is not None and (not isinstance(value, int) or not least <= value <= most):
            raise InvalidInput(name, "out_of_range", least=least, most=most)
    _check_hour(data.get("booth_kept_until"))
    ranking = tuple(data.get("ranking") or EventTerms().ranking)
    _check_ranking(ranking)
    return EventTerms(**{**data, "ranking": ranking})


def _check_hour(typed: object) -> None:
    if typed is None:
        return
    try:
        time.fromisoformat(str(typed))
    except ValueError as error:
        raise InvalidInput("booth_kept_until", "time") from error


def _check_ranking(ranking: tuple[object, ...]) -> None:
    known = {key.value for key in RankingKey}
    if not ranking or len(set(ranking)) != len(ranking) or not set(ranking) <= known:
        raise InvalidInput("ranking", "unknown")
