"""How near the due dates of a list are; one calendar for the whole page."""

from __future__ import annotations

from datetime import date
from typing import Any

from talentsvc.calendar.queries import work_calendar
from talentsvc.cards.models import Application
from talentsvc.cards.rules.due_dates import Deadline
from talentsvc.cards.rules.reminders import urgency
from talentsvc.cards.terms import DeadlineKind, Urgency
from talentsvc.core.clock import local_date, now
from talentsvc.core.workdays import WorkCalendar


def due_words() -> Any:
    """A function that says how near a case's due date is; one calendar for the whole page."""
    calendar, today = work_calendar(), local_date(now())

    def words(application: Any) -> dict[str, bool]:
        if application.due_on is None:
            return {"is_overdue": False, "is_soon": False}
        nearness = urgency_of(application, today, calendar)
        return {
            "is_overdue": nearness is Urgency.OVERDUE,
            "is_soon": nearness in {Urgency.DUE_TODAY, Urgency.DUE_TOMORROW, Urgency.SOON},
        }

    return words


def urgency_of(application: Application, today: date, calendar: WorkCalendar) -> Urgency:
    """The urgency of what is written on the case; the clock itself is asked on its own page."""
    if application.due_kind is None:
        return Urgency.LATER
    deadline = Deadline(
        DeadlineKind(application.due_kind),
        today,
        application.due_on,
        application.due_at,
        application.is_due_provisional,
    )
    return urgency(deadline, today, calendar)
