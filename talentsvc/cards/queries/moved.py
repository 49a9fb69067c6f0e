"""Which due dates of open cases another calendar would move; for the preview at the desk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.casework import limits_of
from talentsvc.cards.models import Application, CaseEvent
from talentsvc.cards.rules import events as clock_events
from talentsvc.cards.rules.due_dates import deadline_of
from talentsvc.core.workdays import WorkCalendar
from talentsvc.extensions.database import db

#: A preview looks at so many cases at most and says so; the change itself takes all of them.
MOST = 500


@dataclass(frozen=True)
class MovedDueDate:
    """One case whose due date would be another day."""

    application_id: UUID
    reference: str
    before: date | None
    after: date | None


def moved_due_dates(calendar: WorkCalendar) -> tuple[list[MovedDueDate], bool]:
    """Cases whose due date differs under this calendar, and whether all were looked at. Three queries."""
    statement = (
        select(Application)
        .where(Application.due_at.is_not(None))
        .order_by(Application.board_at, Application.id)
    )
    applications = list(db.session.execute(statement.limit(MOST + 1)).scalars())
    histories = _histories([application.id for application in applications[:MOST]])
    moved = []
    for application in applications[:MOST]:
        deadline = deadline_of(
            application.state, histories[application.id], limits_of(application), calendar
        )
        after = deadline.due_on if deadline else None
        if after != application.due_on:
            moved.append(
                MovedDueDate(application.id, application.reference, application.due_on, after)
            )
    return moved, len(applications) <= MOST


def _histories(ids: list[UUID]) -> dict[UUID, list[clock_events.CaseEvent]]:
    rows = db.session.execute(
        select(CaseEvent)
        .where(CaseEvent.application_id.in_(ids))
        .order_by(CaseEvent.application_id, CaseEvent.sequence)
    ).scalars()
    found: dict[UUID, list[clock_events.CaseEvent]] = defaultdict(list)
    for row in rows:
        event = clock_events.CaseEvent(
            row.action, row.from_state, row.to_state, row.at, row.effective_on, row.data
        )
        found[row.application_id].append(event)
    return found
