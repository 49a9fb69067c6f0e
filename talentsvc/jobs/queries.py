"""Reads of long work: how far a job has come, and what one of its items belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.jobs.models import Job, JobItem
from talentsvc.jobs.terms import ItemState, JobState

#: Items that were refused are shown one by one, so many at most.
REFUSED_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come."""

    job: Job
    done: int
    refused: int
    waiting: int
    refusals: list[JobItem]


def progress_of(job_id: UUID, kinds: frozenset[str]) -> Progress:
    """A job of one of these kinds with its counts. Errors: NotFoundHere. Three queries at most."""
    job = db.session.get(Job, job_id)
    if job is None or job.kind not in kinds:
        raise NotFoundHere()
    rows = db.session.execute(
        select(JobItem.state, func.count()).where(JobItem.job_id == job_id).group_by(JobItem.state)
    )
    counts = {state: number for state, number in rows}
    refused = counts.get(ItemState.REFUSED, 0)
    return Progress(
        job,
        counts.get(ItemState.DONE, 0),
        refused,
        counts.get(ItemState.WAITING, 0),
        _refusals(job_id) if refused else [],
    )


def _refusals(job_id: UUID) -> list[JobItem]:
    statement = (
        select(JobItem)
        .where(JobItem.job_id == job_id, JobItem.state == ItemState.REFUSED)
        .order_by(JobItem.id)
        .limit(REFUSED_SHOWN)
    )
    return list(db.session.execute(statement).scalars())


def job_at_work(kind: str, subject_id: UUID) -> Job:
    """The running job whose item a step is doing: what was asked for stands in its params.

    Errors: NotFoundHere, so that a step runs only where somebody asked for it.
    """
    found = db.session.execute(
        select(Job)
        .join(JobItem, JobItem.job_id == Job.id)
        .where(
            Job.kind == kind,
            Job.state == JobState.RUNNING,
            JobItem.subject_id == subject_id,
            JobItem.state == ItemState.WAITING,
        )
        .order_by(Job.id)
        .limit(1)
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundHere()
    return found


def params_at_work(kind: str, subject_id: UUID) -> dict[str, Any]:
    """The params of `job_at_work`. Errors: NotFoundHere."""
    return dict(job_at_work(kind, subject_id).params)
