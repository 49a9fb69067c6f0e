"""Which reminders of a case are due, and how near a due date is.

Reminders are chosen by age, never by a window (G5): whatever should have gone out by now is due,
and its key makes it go out once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from talentsvc.cards.rules.due_dates import Deadline, deadline_of
from talentsvc.cards.rules.events import CaseEvent
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import ApplicationState, DeadlineKind, Urgency
from talentsvc.core.clock import end_of_day, require_aware, start_of_day
from talentsvc.core.workdays import WorkCalendar

#: A due date this many working days away, or nearer, is "soon" on the desk.
SOON_WORKING_DAYS = 3


@dataclass(frozen=True)
class Reminder:
    """One reminder of one due date. `falls_due_at` is when it should have gone out."""

    kind: DeadlineKind
    key: tuple[str, ...]
    due_on: date
    falls_due_at: datetime


def reminders_due(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
) -> tuple[Reminder, ...]:
    """Return the reminders to send at `now` unless their `key` has been sent already.

    A correction is recalled ▲ 7 days and 1 day before its last day, from that morning on; an
    endorsement once ▲ 5 working days have gone by. Of several missed ones only the latest is
    returned: two letters on one morning tell nothing new. After the last day there is none, for
    then the clock's own step is due. The key holds the kind, the instant the limit was opened
    and the step, not the due date, so that a corrected calendar sends nothing twice.
    """
    deadline = deadline_of(state, events, limits, calendar)
    if deadline is None or deadline.due_on is None or deadline.has_passed(require_aware(now)):
        return ()
    opened_at = events[-1].at
    missed = [
        Reminder(
            deadline.kind, (deadline.kind.value, _instant(opened_at), step), deadline.due_on, at
        )
        for step, at in _moments(deadline, deadline.due_on, limits, calendar)
        if opened_at < at <= now
    ]
    return tuple(sorted(missed, key=lambda reminder: reminder.falls_due_at)[-1:])


def urgency(deadline: Deadline | None, today: date, calendar: WorkCalendar) -> Urgency:
    """Return how near a due date is, seen on the Shanghai day `today`.

    Tomorrow is the next day of the calendar, worked or not; "soon" counts working days. What
    stands still, or waits for nothing, is LATER.
    """
    if deadline is None or deadline.due_on is None:
        return Urgency.LATER
    if deadline.due_on < today:
        return Urgency.OVERDUE
    if deadline.due_on == today:
        return Urgency.DUE_TODAY
    if deadline.due_on == today + timedelta(days=1):
        return Urgency.DUE_TOMORROW
    if calendar.working_days_after(today, deadline.due_on) <= SOON_WORKING_DAYS:
        return Urgency.SOON
    return Urgency.LATER


def _moments(
    deadline: Deadline, due_on: date, limits: Limits, calendar: WorkCalendar
) -> Iterator[tuple[str, datetime]]:
    """Each reminder of this due date: the part of the key that names it, and when it falls due."""
    if deadline.kind is DeadlineKind.CORRECTION:
        for days in limits.correction_reminders:
            yield f"t-{days}", start_of_day(due_on - timedelta(days=days))
    elif deadline.kind is DeadlineKind.ENDORSEMENT:
        count = limits.endorsement_reminder_working_days
        waited_until = calendar.add_working_days(deadline.counted_from, count)
        yield f"after-{count}", end_of_day(waited_until)


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
