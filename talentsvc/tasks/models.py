"""Tasks: what ended in a person's hands because nothing else could finish it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, enum_column, key_column
from talentsvc.tasks.terms import TaskKind, TaskState


class Task(Model):
    """Something a person at the desk must do."""

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_open", "due_at", "id", postgresql_where="state = 'open'"),)

    id: Mapped[UUID] = key_column()
    kind: Mapped[TaskKind] = enum_column(TaskKind, comment="why somebody has to look")
    owner_role: Mapped[str] = mapped_column(comment="role whose holders see it")
    subject_kind: Mapped[str] = mapped_column(comment="what it is about")
    subject_id: Mapped[UUID] = mapped_column(comment="which one")
    params: Mapped[dict[str, Any]] = mapped_column(
        comment="for the sentence on the page, no personal data"
    )
    dedupe_key: Mapped[str] = mapped_column(unique=True, comment="one task for one cause")
    state: Mapped[TaskState] = enum_column(TaskState, comment="open or settled")
    created_at: Mapped[datetime] = mapped_column(comment="when it arose")
    due_at: Mapped[datetime] = mapped_column(comment="when it should be settled")
    settled_at: Mapped[datetime | None] = mapped_column(comment="when somebody settled it")
    settled_by_account_id: Mapped[UUID | None] = mapped_column(comment="who settled it")
    settlement: Mapped[str | None] = mapped_column(comment="what was done, in words")
