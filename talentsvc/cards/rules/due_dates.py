"""When each state of a case must be left: a pure function of events, limits and calendar (G6).

Day 0 is the day of the event and the last day ends at 24:00 Shanghai (decisions.md, "Time").
Nothing here reads the current time; whether a due date has passed is asked in `clock`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from talentsvc.cards.rules.events import CaseEvent, latest, spans_in
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import (
    OFFICE_DEADLINES,
    ApplicationState,
    CaseAction,
    DeadlineKind,
    NoticeUnit,
)
from talentsvc.core.clock import end_of_day, local_date
from talentsvc.core.workdays import Pause, WorkCalendar, add_calendar_days, due_after

_S = ApplicationState
_A = CaseAction
_K = DeadlineKind

#: What an applicant hands to the office. Arriving on a free day, it counts from the next working
#: day on; asking the employer is no filing with the office.
FILINGS = frozenset({_A.ENDORSE, _A.SUBMIT_CORRECTION, _A.REQUEST_REVIEW})

#: Where the decision clock stands still: papers wait for the applicant, or recognition for its
#: experts (licence law art. 45 as model, facts.md 6.3), or the decision has been taken and its
#: notice, an objection or a review runs. Coming back from there it runs on, it does not restart.
DECISION_STOPPED = frozenset(
    {
        _S.CORRECTION_REQUESTED,
        _S.SPECIAL_RECOGNITION,
        _S.PUBLIC_NOTICE,
        _S.OBJECTION_OPEN,
        _S.REJECTED,
        _S.REVIEW_OPEN,
    }
)

_ACCEPTANCES = frozenset({_A.ACCEPT, _A.ACCEPT_BY_SILENCE})
_PUBLICATIONS = frozenset({_A.APPROVE, _A.OVERTURN_REJECTION})
#: Each of these puts the case on the reviewer's desk anew.
_TO_REVIEWER = _ACCEPTANCES | {_A.RETURN_TO_REVIEWER, _A.UPHOLD_OBJECTION}


@dataclass(frozen=True)
class Deadline:
    """One due date of a case.

    `counted_from` is day 0. `due_on` is the last day and `ends_at` its 24:00, both None while the
    clock stands still (`is_paused`). `is_provisional`: the limit crosses a year without an
    official calendar and may still move.
    """

    kind: DeadlineKind
    counted_from: date
    due_on: date | None
    ends_at: datetime | None
    is_provisional: bool

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still, so that no last day is known."""
        return self.due_on is None

    @property
    def binds_office(self) -> bool:
        """Whether the office must keep it, so that missing it is the office's fault."""
        return self.kind in OFFICE_DEADLINES

    def has_passed(self, now: datetime) -> bool:
        """Whether the last day has run out; at its 24:00 it has."""
        return self.ends_at is not None and now >= self.ends_at


@dataclass(frozen=True)
class Filing:
    """The two days on a receipt: when papers came in, and from when they count."""

    filed_on: date
    received_on: date


def filing_of(at: datetime, limits: Limits, calendar: WorkCalendar) -> Filing:
    """Return both days of a filing at the instant `at` (▲ a free day counts as the next worked one)."""
    filed_on = local_date(at)
    if not limits.filing_on_non_working_day_counts_next:
        return Filing(filed_on, filed_on)
    return Filing(filed_on, calendar.next_working_day(filed_on))


def day_zero(event: CaseEvent, limits: Limits, calendar: WorkCalendar) -> date:
    """Return the day from which the limit opened by `event` counts.

    A received day already written into the event, and so printed on a receipt, stands even if
    the calendar is corrected later.
    """
    if event.action in FILINGS and event.effective_on is None:
        return filing_of(event.at, limits, calendar).received_on
    return event.counts_from


def deadline_of(
    state: ApplicationState, events: Sequence[CaseEvent], limits: Limits, calendar: WorkCalendar
) -> Deadline | None:
    """Return the due date that comes first in `state`, None where nothing is awaited.

    `events` is the whole history, oldest first. Raises ValueError when it does not end in `state`.
    """
    return next(iter(deadlines_of(state, events, limits, calendar)), None)


def deadlines_of(
    state: ApplicationState, events: Sequence[CaseEvent], limits: Limits, calendar: WorkCalendar
) -> tuple[Deadline, ...]:
    """Return all due dates that run in `state`, the nearest first, a paused one last.

    Raises ValueError when `events` does not end in `state`.
    """
    if not events or events[-1].to_state is not state:
        raise ValueError(f"the events of this case do not end in {state}")
    case = _Case(events, limits, calendar)
    found = (rule(case) for rule in _RULES.get(state, ()))
    running = [deadline for deadline in found if deadline is not None]
    return tuple(sorted(running, key=lambda deadline: deadline.due_on or date.max))


def notice_deadline(
    events: Sequence[CaseEvent], limits: Limits, calendar: WorkCalendar
) -> Deadline | None:
    """Return the end of the latest public notice, None if there was none.

    The list is published with its last day on it, so an objection does not move it; it comes
    down then whatever the case is doing (facts.md 8b, 21).
    """
    return _notice(_Case(events, limits, calendar))


def notice_ends_on(at: datetime, limits: Limits, calendar: WorkCalendar) -> date:
    """Return the last day of a public notice that begins at the instant `at`; it is published with it."""
    start = local_date(at)
    if limits.notice_unit is NoticeUnit.CALENDAR_DAY:
        return add_calendar_days(start, limits.notice_length)
    return calendar.add_working_days(start, limits.notice_length)


@dataclass(frozen=True)
class _Case:
    """What every due date is a function of."""

    events: Sequence[CaseEvent]
    limits: Limits
    calendar: WorkCalendar

    def since(self, *actions: CaseAction) -> date | None:
        """Day 0 of the limit that the last of `actions` opened."""
        event = latest(self.events, actions)
        return None if event is None else day_zero(event, self.limits, self.calendar)

    def in_working_days(
        self, kind: DeadlineKind, start: date | None, count: int, pauses: Sequence[Pause] = ()
    ) -> Deadline | None:
        if start is None:
            return None
        due = due_after(self.calendar, start, count, pauses)
        ends_at = None if due.on is None else end_of_day(due.on)
        return Deadline(kind, start, due.on, ends_at, due.is_provisional)

    def in_calendar_days(
        self, kind: DeadlineKind, start: date | None, count: int
    ) -> Deadline | None:
        if start is None:
            return None
        due_on = add_calendar_days(start, count)
        return Deadline(kind, start, due_on, end_of_day(due_on), is_provisional=False)


def _endorsement(case: _Case) -> Deadline | None:
    return case.in_working_days(
        _K.ENDORSEMENT, case.since(_A.SUBMIT), case.limits.endorsement_working_days
    )


def _intake(case: _Case) -> Deadline | None:
    """Licence law art. 32 as model: five working days for the one-time notice (facts.md 6.3)."""
    return case.in_working_days(_K.INTAKE, case.since(_A.ENDORSE), case.limits.intake_working_days)


def _correction(case: _Case) -> Deadline | None:
    return case.in_calendar_days(
        _K.CORRECTION, case.since(_A.REQUEST_CORRECTION), case.limits.correction_calendar_days
    )


def _correction_check(case: _Case) -> Deadline | None:
    return case.in_working_days(
        _K.CORRECTION_CHECK,
        case.since(_A.SUBMIT_CORRECTION),
        case.limits.correction_check_working_days,
    )


def _recommendation(case: _Case) -> Deadline | None:
    """The reviewer's share of the decision time; it starts anew when the case comes back."""
    return case.in_working_days(
        _K.RECOMMENDATION,
        case.since(*_TO_REVIEWER),
        case.limits.recommendation_working_days,
        spans_in(case.events, DECISION_STOPPED),
    )


def _decision(case: _Case) -> Deadline | None:
    """Twenty working days from acceptance, plus ten once extended (facts.md 6.3).

    Accepted by silence means accepted from the day received, so the office's silence is counted.
    """
    extensions = sum(event.action is _A.EXTEND_DECISION for event in case.events)
    return case.in_working_days(
        _K.DECISION,
        case.since(*_ACCEPTANCES),
        case.limits.decision_working_days
        + extensions * case.limits.decision_extension_working_days,
        spans_in(case.events, DECISION_STOPPED),
    )


def _notice(case: _Case) -> Deadline | None:
    event = latest(case.events, _PUBLICATIONS)
    if event is None:
        return None
    published = event.data.get("notice_ends_on")
    if published is not None:
        # The list is up with its last day on it: a calendar that changes later does not move it.
        ends_on = date.fromisoformat(str(published))
        return Deadline(
            _K.NOTICE, event.counts_from, ends_on, end_of_day(ends_on), is_provisional=False
        )
    start = case.since(*_PUBLICATIONS)
    if case.limits.notice_unit is NoticeUnit.CALENDAR_DAY:
        return case.in_calendar_days(_K.NOTICE, start, case.limits.notice_length)
    return case.in_working_days(_K.NOTICE, start, case.limits.notice_length)


def _objection(case: _Case) -> Deadline | None:
    return case.in_working_days(
        _K.OBJECTION, case.since(_A.RECORD_OBJECTION), case.limits.objection_working_days
    )


def _hand_over(case: _Case) -> Deadline | None:
    return case.in_working_days(_K.HAND_OVER, case.since(_A.ISSUE), case.limits.issue_working_days)


def _review_request(case: _Case) -> Deadline | None:
    """A rejection confirmed by a review has used up its review."""
    if case.events[-1].action is not _A.REJECT:
        return None
    return case.in_working_days(
        _K.REVIEW_REQUEST, case.since(_A.REJECT), case.limits.review_request_working_days
    )


def _review(case: _Case) -> Deadline | None:
    return case.in_working_days(
        _K.REVIEW, case.since(_A.REQUEST_REVIEW), case.limits.review_working_days
    )


_Rule = Callable[[_Case], Deadline | None]

_RULES: Mapping[ApplicationState, tuple[_Rule, ...]] = {
    _S.AWAITING_ENDORSEMENT: (_endorsement,),
    _S.RECEIVED: (_intake,),
    _S.CORRECTION_REQUESTED: (_correction,),
    _S.RESUBMITTED: (_correction_check,),
    _S.ACCEPTED: (_recommendation, _decision),
    _S.SPECIAL_RECOGNITION: (_decision,),
    _S.RECOMMENDED: (_decision,),
    _S.PUBLIC_NOTICE: (_notice,),
    _S.OBJECTION_OPEN: (_objection,),
    _S.ISSUED: (_hand_over,),
    _S.REJECTED: (_review_request,),
    _S.REVIEW_OPEN: (_review,),
}
