"""Halls, booths, and who stands where."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, key_column


class HallPlan(Model):
    """The hall of one session, drawn on a grid over a picture of it."""

    __tablename__ = "hall_plan"
    __table_args__ = (
        CheckConstraint("columns BETWEEN 1 AND 60 AND rows BETWEEN 1 AND 60", name="grid"),
    )

    id: Mapped[UUID] = key_column()
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("fair_session.id"), unique=True, comment="of which session"
    )
    columns: Mapped[int] = mapped_column(comment="cells across")
    rows: Mapped[int] = mapped_column(comment="cells down")
    background_file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="picture of the hall under the grid"
    )
    published_at: Mapped[datetime | None] = mapped_column(
        comment="when the companies were shown their booths"
    )
    updated_at: Mapped[datetime] = mapped_column(comment="when last changed")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}


class Booth(Model):
    """A numbered place in a hall."""

    __tablename__ = "booth"
    __table_args__ = (
        UniqueConstraint("plan_id", "number", name="uq_booth_number"),
        CheckConstraint("size_m2 > 0 AND power_w >= 0", name="size_and_power"),
        CheckConstraint(
            '"column" >= 0 AND "row" >= 0 AND width >= 1 AND height >= 1', name="cells"
        ),
    )

    id: Mapped[UUID] = key_column()
    plan_id: Mapped[UUID] = mapped_column(
        ForeignKey("hall_plan.id", ondelete="CASCADE"), comment="in which hall"
    )
    number: Mapped[str] = mapped_column(comment="as on the sign: A01")
    zone: Mapped[str] = mapped_column(comment="part of the hall: A, B ...")
    column: Mapped[int] = mapped_column(comment="left cell, from 0")
    row: Mapped[int] = mapped_column(comment="upper cell, from 0")
    width: Mapped[int] = mapped_column(default=1, comment="cells across")
    height: Mapped[int] = mapped_column(default=1, comment="cells down")
    size_m2: Mapped[int] = mapped_column(default=9, comment="square metres")
    power_w: Mapped[int] = mapped_column(default=500, comment="power there is, watts")
    is_near_entrance: Mapped[bool] = mapped_column(default=False, comment="close to an entrance")
    is_blocked: Mapped[bool] = mapped_column(default=False, comment="not to be given out")


class AllocationRun(Model):
    """One run of the allocation: what went in, what came out, and why. Written once."""

    __tablename__ = "allocation_run"
    __table_args__ = (Index("ix_allocation_run_session", "session_id", "id"),)

    id: Mapped[UUID] = key_column()
    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("fair_session.id"), comment="of which session"
    )
    input_digest: Mapped[str] = mapped_column(comment="SHA-256 of what went in")
    result: Mapped[dict[str, Any]] = mapped_column(
        comment="plan, reasons, waiting, errors of locks, difference to the plan before"
    )
    value: Mapped[int] = mapped_column(comment="points reached")
    bound: Mapped[int] = mapped_column(comment="points that no plan can exceed")
    made_at: Mapped[datetime] = mapped_column(comment="when")
    made_by_account_id: Mapped[UUID | None] = mapped_column(comment="who asked for it")


class BoothAssignment(Model):
    """Who stands where: a booth once, a registration once (guarantees.md G4)."""

    __tablename__ = "booth_assignment"
    __table_args__ = (
        UniqueConstraint("booth_id", name="uq_booth_assignment_booth"),
        UniqueConstraint("registration_id", name="uq_booth_assignment_registration"),
    )

    id: Mapped[UUID] = key_column()
    booth_id: Mapped[UUID] = mapped_column(ForeignKey("booth.id"), comment="the booth")
    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("fair_registration.id"), comment="who stands there"
    )
    is_locked: Mapped[bool] = mapped_column(
        default=False, comment="set by hand; no run of the allocation moves it"
    )
    run_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("allocation_run.id"), comment="run that gave it; none: by hand"
    )
    assigned_at: Mapped[datetime] = mapped_column(comment="when")
