"""Long work with progress: a job and its items, one unit of work per item."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, enum_column, key_column
from talentsvc.jobs.terms import ItemState, JobState


class Job(Model):
    """A piece of long work, asked for once."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_open", "next_run_at", postgresql_where="state IN ('queued', 'running')"),
    )

    id: Mapped[UUID] = key_column()
    kind: Mapped[str] = mapped_column(comment="which work; the worker knows its steps")
    params: Mapped[dict[str, Any]] = mapped_column(comment="what it is about, no personal data")
    state: Mapped[JobState] = enum_column(JobState, comment="queued, running, done or failed")
    total: Mapped[int] = mapped_column(default=0, comment="number of items")
    asked_by_account_id: Mapped[UUID | None] = mapped_column(comment="who asked for it")
    created_at: Mapped[datetime] = mapped_column(comment="when it was asked for")
    next_run_at: Mapped[datetime] = mapped_column(comment="a worker may take it from then")
    finished_at: Mapped[datetime | None] = mapped_column(comment="when it ended")
    last_error: Mapped[str | None] = mapped_column(comment="why it failed")


class JobItem(Model):
    """One thing a job has to do."""

    __tablename__ = "job_item"
    __table_args__ = (
        UniqueConstraint("job_id", "subject_id", name="uq_job_item_subject"),
        Index("ix_job_item_waiting", "job_id", postgresql_where="state = 'waiting'"),
    )

    id: Mapped[UUID] = key_column()
    job_id: Mapped[UUID] = mapped_column(
        ForeignKey("job.id", ondelete="CASCADE"), comment="the job"
    )
    subject_id: Mapped[UUID] = mapped_column(comment="what the item is about")
    state: Mapped[ItemState] = enum_column(ItemState, comment="waiting, done or refused")
    result: Mapped[str | None] = mapped_column(comment="what came of it")
