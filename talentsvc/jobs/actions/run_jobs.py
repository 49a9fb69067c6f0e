"""Running long work: one unit of work per item, so that a killed worker repeats no item (G15)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select

from talentsvc.core.clock import now
from talentsvc.core.errors import DomainError
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.jobs.models import Job, JobItem
from talentsvc.jobs.terms import ItemState, JobState

log = structlog.get_logger(__name__)

#: A worker that shows no sign of life for so long has lost the job to the next one.
LEASE = timedelta(minutes=5)

Step = Callable[[UUID], object]


def run_due_jobs(steps: Mapping[str, Step]) -> int:
    """Run every job that is due, item by item. `steps` names the work of each kind. Returns the jobs run."""
    run = 0
    while (job_id := _take_job(now())) is not None:
        _run_job(job_id, steps)
        run += 1
    return run


def _take_job(at: datetime) -> UUID | None:
    with unit_of_work():
        job = db.session.execute(
            select(Job)
            .where(Job.state.in_((JobState.QUEUED, JobState.RUNNING)), Job.next_run_at <= at)
            .order_by(Job.next_run_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).scalar_one_or_none()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.next_run_at = at + LEASE
        return job.id


def _run_job(job_id: UUID, steps: Mapping[str, Step]) -> None:
    while True:
        with unit_of_work():
            job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
            if job is None or job.state is not JobState.RUNNING:
                return
            if job.kind not in steps:
                job.state, job.last_error = JobState.FAILED, "no worker knows this kind of work"
                return
            item = _next_item(job_id)
            if item is None:
                job.state, job.finished_at = JobState.DONE, now()
                return
            job.next_run_at = now() + LEASE
            item_id, subject_id, step = item.id, item.subject_id, steps[job.kind]
        _run_item(item_id, subject_id, step)


def _run_item(item_id: UUID, subject_id: UUID, step: Step) -> None:
    try:
        with unit_of_work():
            step(subject_id)
            _settle(item_id, ItemState.DONE, None)
    except DomainError as error:
        with unit_of_work():
            _settle(item_id, ItemState.REFUSED, error.code)
    except Exception:
        log.exception("job_item_failed", item=str(item_id))
        with unit_of_work():
            _settle(item_id, ItemState.REFUSED, "fault")


def _settle(item_id: UUID, state: ItemState, result: str | None) -> None:
    item = db.session.get(JobItem, item_id)
    if item is not None:
        item.state, item.result = state, result


def _next_item(job_id: UUID) -> JobItem | None:
    return db.session.execute(
        select(JobItem)
        .where(JobItem.job_id == job_id, JobItem.state == ItemState.WAITING)
        .order_by(JobItem.id)
        .limit(1)
    ).scalar_one_or_none()
