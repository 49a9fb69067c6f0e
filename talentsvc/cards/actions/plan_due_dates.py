"""When the calendar changes, due dates of open cases are worked out anew (decisions.md, reactions).

Twenty cases are done at once; more become a job with one unit of work per case.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.calendar.terms import CalendarChanged
from talentsvc.cards.casework import lock_case, write_due_dates
from talentsvc.cards.models import Application
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job

JOB_KIND = "cards.recompute_due_dates"
AT_ONCE = 20


def plan_due_dates(happened: CalendarChanged) -> None:
    """Recompute now, or ask for a job."""
    with_deadline = list(
        db.session.execute(
            select(Application.id).where(Application.due_at.is_not(None)).order_by(Application.id)
        ).scalars()
    )
    if len(with_deadline) <= AT_ONCE:
        for application_id in with_deadline:
            recompute_due_dates(application_id)
        return
    start_job(JOB_KIND, {"year": happened.year}, with_deadline, asked_by=None, at=now())


def recompute_due_dates(application_id: UUID) -> None:
    """Work out one case's due dates anew."""
    case = lock_case(application_id)
    write_due_dates(case, case.application.updated_at)
