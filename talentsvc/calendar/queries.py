"""Reads of the calendar of working days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import Text, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from talentsvc.calendar.models import CalendarDay, CalendarYear
from talentsvc.calendar.terms import YearStatus
from talentsvc.core.clock import local_date, now
from talentsvc.core.workdays import WorkCalendar
from talentsvc.extensions.database import db

#: Years looked at around today: cases reach back a few years, and forward over two year ends.
YEARS_BACK = 3
YEARS_AHEAD = 6


#: Worked weekends and holidays as "2026-02-14+ 2026-02-16- ...", and the years with an official table.
#: A few hundred bytes that tell whether the calendar read last is still the one that is stored.
_STORED = select(
    select(
        func.string_agg(
            cast(CalendarDay.day, Text) + case((CalendarDay.is_working, "+"), else_="-"),
            aggregate_order_by(literal(" "), CalendarDay.day),
        )
    ).scalar_subquery(),
    select(func.array_agg(CalendarYear.year))
    .where(CalendarYear.status == YearStatus.OFFICIAL)
    .scalar_subquery(),
)


def work_calendar() -> WorkCalendar:
    """The calendar as stored; a year without an official table is provisional. One query."""
    days, official = db.session.execute(_STORED).one()
    return _calendar(days or "", frozenset(official or ()), local_date(now()).year)


@lru_cache(maxsize=16)
def _calendar(stored: str, official: frozenset[int], this_year: int) -> WorkCalendar:
    days = {date.fromisoformat(word[:-1]): word[-1] == "+" for word in stored.split()}
    provisional = frozenset(
        year
        for year in range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
        if year not in official
    )
    return WorkCalendar(days, provisional)


def stored_years() -> list[CalendarYear]:
    """The years that are stored, the newest first."""
    return list(
        db.session.execute(select(CalendarYear).order_by(CalendarYear.year.desc())).scalars()
    )


def stored_year(year: int) -> CalendarYear | None:
    """One year, if stored."""
    return db.session.get(CalendarYear, year)


def days_of(year: int) -> list[CalendarDay]:
    """The days of a year that differ from Monday-to-Friday, in order."""
    statement = select(CalendarDay).where(CalendarDay.year == year).order_by(CalendarDay.day)
    return list(db.session.execute(statement).scalars())
