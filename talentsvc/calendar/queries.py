"""Reads of the calendar of working days."""

from __future__ import annotations

from sqlalchemy import select

from talentsvc.calendar.models import CalendarDay, CalendarYear
from talentsvc.calendar.terms import YearStatus
from talentsvc.core.clock import local_date, now
from talentsvc.core.workdays import WorkCalendar
from talentsvc.extensions.database import db

#: Years looked at around today: cases reach back a few years, and forward over two year ends.
YEARS_BACK = 3
YEARS_AHEAD = 6


def work_calendar() -> WorkCalendar:
    """The calendar as stored; a year without an official table is provisional. Two queries."""
    days = {
        day: is_working
        for day, is_working in db.session.execute(select(CalendarDay.day, CalendarDay.is_working))
    }
    official = set(
        db.session.execute(
            select(CalendarYear.year).where(CalendarYear.status == YearStatus.OFFICIAL)
        ).scalars()
    )
    this_year = local_date(now()).year
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
