"""When the calendar changes, due dates of open cases are worked out anew, as a job."""

from __future__ import annotations

from talentsvc.calendar.terms import CalendarChanged


def plan_due_dates(happened: CalendarChanged) -> None:
    """Ask for a job over the open cases."""
