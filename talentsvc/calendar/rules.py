"""Reading a year's table of working days as typed or uploaded, strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from talentsvc.core.errors import InvalidInput
from talentsvc.core.workdays import WorkCalendar

#: Words for a free weekday and for a worked weekend.
FREE = frozenset({"holiday", "free", "休", "假", "放假"})
WORKED = frozenset({"work", "worked", "班", "上班"})
SATURDAY = 5


@dataclass(frozen=True)
class TableDay:
    """One line of a year's table."""

    day: date
    is_working: bool
    name_zh: str
    name_en: str


def read_table(year: int, text: str) -> tuple[TableDay, ...]:
    """Read lines `date, holiday|work, 中文名, English name`; blank lines and `#` lines are passed over.

    Weekends given as free and weekdays given as worked say nothing new and are passed over.
    Errors: InvalidInput(table) with the line number for a day of another year, an unknown word, a
    missing name or a day named twice; and for a table without any day.
    """
    days: dict[date, TableDay] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        entry = _read_line(year, number, line)
        if entry.day in days:
            raise InvalidInput("table", "day_twice", line=number)
        if entry.is_working == (entry.day.weekday() >= SATURDAY):
            days[entry.day] = entry
    if not days:
        raise InvalidInput("table", "empty_table")
    return tuple(days[day] for day in sorted(days))


def _read_line(year: int, number: int, line: str) -> TableDay:
    cells = [cell.strip() for cell in line.replace("，", ",").replace("\t", ",").split(",")]
    if len(cells) < 4 or not all(cells[:4]):
        raise InvalidInput("table", "four_cells", line=number)
    try:
        day = date.fromisoformat(cells[0])
    except ValueError as error:
        raise InvalidInput("table", "not_a_date", line=number) from error
    if day.year != year:
        raise InvalidInput("table", "other_year", line=number)
    word = cells[1].lower()
    if word not in FREE | WORKED:
        raise InvalidInput("table", "unknown_word", line=number)
    return TableDay(day, word in WORKED, cells[2], cells[3])


def replaced(
    calendar: WorkCalendar, year: int, table: tuple[TableDay, ...], *, is_official: bool
) -> WorkCalendar:
    """The calendar with one year's table replaced, for a preview of what would move."""
    days: Mapping[date, bool] = {
        day: works for day, works in calendar.days.items() if day.year != year
    }
    merged = {**days, **{entry.day: entry.is_working for entry in table}}
    provisional = (
        calendar.provisional_years - {year} if is_official else calendar.provisional_years | {year}
    )
    return WorkCalendar(merged, provisional)
