"""Uploads that are unsafe, or that no scanner has answered for, become tasks (guarantees.md G16)."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.roles import Role
from talentsvc.files.queries import files_needing_a_person
from talentsvc.files.terms import ScanState
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind


def open_scan_tasks(*, at: datetime) -> int:
    """Open a task for each such file that has none. Returns how many."""
    opened = 0
    for stored in files_needing_a_person(at=at):
        kind = (
            TaskKind.SCAN_INFECTED
            if stored.scan_state is ScanState.INFECTED
            else TaskKind.SCAN_STUCK
        )
        opened += open_task(
            kind,
            owner=Role.CLERK,
            subject_kind="file",
            subject_id=stored.id,
            at=at,
            params={"purpose": stored.purpose.value},
        )
    return opened
