"""Working days as data: the State Council's yearly tables of holidays and worked weekends."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.calendar.terms import YearStatus
from talentsvc.extensions.database import Model, enum_column


class CalendarYear(Model):
    """One year and where its table comes from; a year without an official one is provisional."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="calendar year"
    )
    status: Mapped[YearStatus] = enum_column(YearStatus, comment="official or provisional")
    source: Mapped[str] = mapped_column(comment="notice the table was taken from")
    version: Mapped[int] = mapped_column(comment="raised with each change")
    changed_at: Mapped[datetime] = mapped_column(comment="when it was last changed")
    changed_by_account_id: Mapped[UUID | None] = mapped_column(comment="who changed it")


class CalendarDay(Model):
    """A day that differs from Monday-to-Friday: a holiday, or a worked weekend."""

    __tablename__ = "calendar_day"
    __table_args__ = (CheckConstraint("extract(year from day) = year", name="year"),)

    day: Mapped[date] = mapped_column(primary_key=True, comment="the day")
    year: Mapped[int] = mapped_column(index=True, comment="its year")
    is_working: Mapped[bool] = mapped_column(comment="worked weekend (true) or holiday (false)")
    name_zh: Mapped[str] = mapped_column(comment="春节 ...")
    name_en: Mapped[str] = mapped_column(comment="Spring Festival ...")
