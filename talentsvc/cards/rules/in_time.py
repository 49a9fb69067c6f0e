"""Steps that the table allows but the history of the case, or the hour, does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from talentsvc.cards.rules.due_dates import deadlines_of
from talentsvc.cards.rules.events import CaseEvent, latest
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import ApplicationState, CaseAction, DeadlineKind
from talentsvc.core.clock import require_aware
from talentsvc.core.errors import NotAllowedNow
from talentsvc.core.workdays import WorkCalendar


def check_in_time(
    action: CaseAction,
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
) -> None:
    """Raise NotAllowedNow (`because` tells why) when `action` comes too late or once too often.

    To be asked after the table and after the clock's due steps. Extending the decision is
    possible once, and only before the time has run out (licence law art. 42 as model, facts.md
    6.3); a review may be asked for within its limit, and once for each rejection.
    """
    reason = _REFUSALS.get(action, _none)(state, events, limits, calendar, require_aware(now))
    if reason is not None:
        raise NotAllowedNow(state, action, because=reason)


_Refusal = Callable[
    [ApplicationState, Sequence[CaseEvent], Limits, WorkCalendar, datetime], str | None
]


def _none(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
) -> str | None:
    return None


def _extension(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
) -> str | None:
    if latest(events, {CaseAction.EXTEND_DECISION}) is not None:
        return "already_extended"
    running = deadlines_of(state, events, limits, calendar)
    is_over = any(d.kind is DeadlineKind.DECISION and d.has_passed(now) for d in running)
    return "time_has_run_out" if is_over else None


def _review_request(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
) -> str | None:
    running = deadlines_of(state, events, limits, calendar)
    if not running:
        return "already_reviewed"
    return "time_has_run_out" if running[0].has_passed(now) else None


_REFUSALS: Mapping[CaseAction, _Refusal] = {
    CaseAction.EXTEND_DECISION: _extension,
    CaseAction.REQUEST_REVIEW: _review_request,
}
