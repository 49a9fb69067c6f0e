"""Long work: each kind by name, item by item."""

from __future__ import annotations

from talentsvc.cards.actions.plan_due_dates import JOB_KIND, recompute_due_dates
from talentsvc.events import hall_telling
from talentsvc.events.actions import tell_booths
from talentsvc.jobs.actions.run_jobs import Step, run_due_jobs
from worker.app import celery

STEPS: dict[str, Step] = {
    JOB_KIND: recompute_due_dates,
    tell_booths.TELL_JOB: hall_telling.tell_booth,
    tell_booths.CHANGE_JOB: hall_telling.tell_booth_change,
}


@celery.task(name="jobs.run_due")
def run_jobs() -> None:
    """Run every job that is due."""
    run_due_jobs(STEPS)
