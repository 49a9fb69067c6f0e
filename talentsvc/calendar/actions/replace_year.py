"""A year's table of working days is replaced; due dates of open cases follow by a reaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import delete

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.calendar.models import CalendarDay, CalendarYear
from talentsvc.calendar.rules import TableDay
from talentsvc.calendar.terms import CalendarChanged, YearStatus
from talentsvc.core.errors import InvalidInput, StaleVersion
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen

#: Years have no UUID of their own; the record wants one, the same each time.
_NAMESPACE = UUID("6d3f1b52-53e2-4a57-9c0b-7c1d5ae54b10")


def replace_year(
    year: int,
    table: tuple[TableDay, ...],
    *,
    is_official: bool,
    source: str,
    expected_version: int,
    actor: Actor,
    at: datetime,
) -> CalendarYear:
    """Store the table. `expected_version` is 0 for a year that is not stored yet.

    Errors: StaleVersion when somebody changed the year meanwhile, InvalidInput without a source.
    """
    if not source.strip():
        raise InvalidInput("source", "required")
    stored = _locked_year(year, expected_version)
    before = {"version": stored.version, "status": stored.status}
    stored.status = YearStatus.OFFICIAL if is_official else YearStatus.PROVISIONAL
    stored.source = source.strip()
    stored.version += 1
    stored.changed_at = at
    stored.changed_by_account_id = actor.account_id
    _write_days(year, table)
    record(
        SubjectKind.CALENDAR,
        uuid5(_NAMESPACE, str(year)),
        "replace_year",
        actor=actor,
        at=at,
        before=before,
        after={
            "version": stored.version,
            "status": stored.status,
            "days": len(table),
            "year": year,
        },
    )
    db.session.flush()
    happen(CalendarChanged(year))
    return stored


def _write_days(year: int, table: tuple[TableDay, ...]) -> None:
    """Put the table in the place of the days that were stored."""
    db.session.execute(delete(CalendarDay).where(CalendarDay.year == year))
    db.session.add_all(
        CalendarDay(
            day=entry.day,
            year=year,
            is_working=entry.is_working,
            name_zh=entry.name_zh,
            name_en=entry.name_en,
        )
        for entry in table
    )


def _locked_year(year: int, expected_version: int) -> CalendarYear:
    """The year's row, new where there was none; its days are replaced under this lock."""
    stored = db.session.get(CalendarYear, year, with_for_update=True, populate_existing=True)
    if (stored.version if stored else 0) != expected_version:
        raise StaleVersion()
    if stored is None:
        stored = CalendarYear(year=year, version=0)
        db.session.add(stored)
    return stored
