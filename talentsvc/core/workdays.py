"""Working days of the State Council's calendar, and time limits counted in them.

Day 0 is the day of the event, the last day ends at 24:00 Shanghai. Counting Monday to Friday is
wrong both ways: holidays lengthen a limit and worked weekends shorten it (facts.md section 5.5;
Administrative Licence Law, article 82: working days, holidays excluded).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from talentsvc.core.clock import end_of_day, require_aware

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkCalendar:
    """The exceptions to "Monday to Friday", and the years that are only guessed.

    `days` maps a date to True (a weekend that is worked) or False (a weekday that is free).
    A year listed in `provisional_years`, or without a single exception (every official table
    has some), is provisional: a due date that crosses it may still move.
    """

    days: Mapping[date, bool]
    provisional_years: frozenset[int] = frozenset()
    _official_years: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        years = frozenset(day.year for day in self.days) - self.provisional_years
        object.__setattr__(self, "_official_years", years)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on `day`."""
        return self.days.get(day, day.weekday() < _SATURDAY)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the year of `day` has no official table yet."""
        return day.year not in self._official_years

    def next_working_day(self, day: date) -> date:
        """Return `day` itself when it is worked, else the first working day after it.

        What arrives on a free day counts as received on the next working day.
        """
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """Return the last day of a limit of `count` working days after the event on `start`.

        `start` is day 0 and never counted; with a count of 0 it is the answer, worked or not.
        Raises ValueError for a negative count.
        """
        if count < 0:
            raise ValueError("a time limit is not negative")
        day = start
        while count:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def working_days_after(self, start: date, end: date) -> int:
        """Return how many working days lie after `start`, up to and including `end`.

        Negative when `end` comes first: a limit that ended three working days ago gives -3.
        """
        if end < start:
            return -self.working_days_after(end, start)
        span = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, span + 1))


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which a clock stood still; `until_at` None means it still does."""

    from_at: datetime
    until_at: datetime | None = None

    def __post_init__(self) -> None:
        require_aware(self.from_at)
        if self.until_at is not None and require_aware(self.until_at) < self.from_at:
            raise ValueError("a pause ends after it begins")

    def covers_end_of(self, day: date) -> bool:
        """Tell whether the clock stood still as `day` ran out, at 24:00 Shanghai.

        Midnight belongs to the day that ends: a pause from 00:00 on leaves the day before
        untouched, a pause until 00:00 still takes it.
        """
        midnight = end_of_day(day)
        return self.from_at < midnight and (self.until_at is None or midnight <= self.until_at)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit: None while the clock stands still.

    `is_provisional` says that the limit crosses a year without an official table.
    """

    on: date | None
    is_provisional: bool


def due_after(calendar: WorkCalendar, start: date, count: int, pauses: Sequence[Pause] = ()) -> Due:
    """Return when a limit of `count` working days after the event on `start` ends.

    A working day counts iff the clock was running at its 24:00, so a pause that begins and ends
    on one day does not save it, and no sequence of pauses makes the count negative.
    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a time limit is not negative")
    day, is_provisional = start, False
    while count:
        day += _ONE_DAY
        if any(pause.until_at is None and pause.covers_end_of(day) for pause in pauses):
            return Due(None, is_provisional)
        is_provisional = is_provisional or calendar.is_provisional(day)
        is_paused = any(pause.covers_end_of(day) for pause in pauses)
        count -= calendar.is_working_day(day) and not is_paused
    return Due(day, is_provisional)


def add_calendar_days(start: date, count: int) -> date:
    """Return the last day of a limit of `count` calendar days; `start` is day 0.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a time limit is not negative")
    return start + timedelta(days=count)
