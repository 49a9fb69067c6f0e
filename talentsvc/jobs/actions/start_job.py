"""Asking for long work: a job and its items, in the transaction that needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from talentsvc.extensions.database import db
from talentsvc.extensions.wake import wake
from talentsvc.jobs.models import Job, JobItem
from talentsvc.jobs.terms import ItemState, JobState

RUN_TASK = "jobs.run_due"
QUEUE = "jobs"


def start_job(
    kind: str,
    params: Mapping[str, Any],
    subjects: Iterable[UUID],
    *,
    asked_by: UUID | None,
    at: datetime,
) -> Job:
    """Write a job with one item per subject and wake a worker after the commit."""
    items = list(dict.fromkeys(subjects))
    job = Job(
        kind=kind,
        params=dict(params),
        state=JobState.QUEUED,
        total=len(items),
        asked_by_account_id=asked_by,
        created_at=at,
        next_run_at=at,
    )
    db.session.add(job)
    db.session.flush()
    db.session.add_all(
        JobItem(job_id=job.id, subject_id=subject, state=ItemState.WAITING) for subject in items
    )
    wake(RUN_TASK, QUEUE)
    return job
