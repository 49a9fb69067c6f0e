"""Uploads that are unsafe, or that no scanner has answered for, become tasks (guarantees.md G16)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from talentsvc.access.roles import Role
from talentsvc.files.queries import infected_files, stuck_files
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskKind


def open_scan_tasks(*, at: datetime) -> int:
    """Open a task for each such file that has none, however many have one. Returns how many."""
    infected = infected_files(except_for=_with_task(TaskKind.SCAN_INFECTED))
    stuck = stuck_files(at=at, except_for=_with_task(TaskKind.SCAN_STUCK))
    return sum(
        open_task(
            kind,
            owner=Role.CLERK,
            subject_kind="file",
            subject_id=stored.id,
            at=at,
            params={"purpose": stored.purpose.value},
        )
        for kind, files in ((TaskKind.SCAN_INFECTED, infected), (TaskKind.SCAN_STUCK, stuck))
        for stored in files
    )


def _with_task(kind: TaskKind) -> Select[UUID]:
    return select(Task.subject_id).where(Task.kind == kind)
