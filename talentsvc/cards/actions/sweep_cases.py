"""What the sweep selects: every case whose next step of the clock lies in the past, however long ago."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.actions.advance_clock import advance_clock
from talentsvc.cards.casework import lock_case, write_due_dates
from talentsvc.cards.models import Application
from talentsvc.extensions.database import db


def cases_with_due_steps(at: datetime, limit: int) -> list[UUID]:
    """Cases the clock has to move, the longest overdue first."""
    statement = (
        select(Application.id)
        .where(Application.clock_at <= at)
        .order_by(Application.clock_at, Application.id)
        .limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def sweep_case(application_id: UUID, *, at: datetime) -> int:
    """Bring one case up to the moment; one unit of work. Returns the number of steps taken."""
    case = lock_case(application_id)
    taken = advance_clock(case, at=at)
    if not taken:
        # The calendar has moved since the step's time was written down.
        write_due_dates(case, case.application.updated_at)
    return taken
