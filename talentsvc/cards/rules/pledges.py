"""A written pledge in place of a minor paper (容缺受理, facts.md 6.3): due, recalled, overdue.

Main papers are there, a minor one is missing, and the applicant pledges in writing to hand it in by a
day: the case is taken in with it. Day 0 is the day of receipt, as for every limit of the office.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import PledgeStanding, PledgeState
from talentsvc.core.clock import end_of_day, require_aware, start_of_day
from talentsvc.core.workdays import add_calendar_days

_CLOSED = {
    PledgeState.FULFILLED: PledgeStanding.FULFILLED,
    PledgeState.TAKEN_BACK: PledgeStanding.TAKEN_BACK,
}


def pledge_due_on(received_on: date, limits: Limits) -> date:
    """Return the last day to hand a pledged paper in. Errors: ValueError where no pledge is allowed."""
    if limits.pledge_calendar_days < 1:
        raise ValueError("these rules allow no pledge")
    return add_calendar_days(received_on, limits.pledge_calendar_days)


def pledge_standing(state: PledgeState, due_on: date | None, at: datetime) -> PledgeStanding:
    """Return where a pledge stands at an instant; at 24:00 of its last day it is overdue."""
    if state in _CLOSED:
        return _CLOSED[state]
    if due_on is None:
        return PledgeStanding.GIVEN
    is_over = require_aware(at) >= end_of_day(due_on)
    return PledgeStanding.OVERDUE if is_over else PledgeStanding.RUNNING


def pledge_reminder_due(
    begun_at: datetime, due_on: date, limits: Limits, at: datetime
) -> int | None:
    """Return how many days ahead the reminder stands that is due now, None where none is.

    Chosen by age (G5): of several missed ones only the latest; none after the last day.
    """
    if at >= end_of_day(due_on):
        return None
    missed = [
        days
        for days in limits.pledge_reminders
        if begun_at < start_of_day(due_on - timedelta(days=days)) <= at
    ]
    return min(missed, default=None)
