"""Long work: each kind by name, item by item."""

from __future__ import annotations

from talentsvc.cards.actions import plan_due_dates
from talentsvc.events import hall_telling
from talentsvc.events.actions import (
    audit_many,
    end_registrations,
    end_visits,
    promote_registrations,
    promote_visits,
    select_companies,
    tell_booths,
    tell_of_move,
    tell_selection,
)
from talentsvc.jobs.actions.run_jobs import Step, run_due_jobs
from worker.app import celery

STEPS: dict[str, Step] = {
    plan_due_dates.JOB_KIND: plan_due_dates.recompute_due_dates,
    audit_many.JOB_KIND: audit_many.audit_one_of_many,
    end_registrations.JOB_KIND: end_registrations.end_registration,
    end_visits.JOB_KIND: end_visits.end_visit,
    promote_registrations.JOB_KIND: promote_registrations.promote_registration,
    promote_visits.JOB_KIND: promote_visits.promote_visit,
    select_companies.JOB_KIND: select_companies.place_selected,
    tell_selection.JOB_KIND: tell_selection.tell_selection_result,
    tell_of_move.JOB_KIND: tell_of_move.tell_visitor_of_move,
    tell_booths.TELL_JOB: hall_telling.tell_booth,
    tell_booths.CHANGE_JOB: hall_telling.tell_booth_change,
}


@celery.task(name="jobs.run_due")
def run_jobs() -> None:
    """Run every job that is due."""
    run_due_jobs(STEPS)
