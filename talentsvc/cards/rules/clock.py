"""What time alone does to a case.

The effects of time are a pure function of the facts and the moment (decisions.md, "Time"): a sweep
only writes down what is already so. Each action first applies `due_steps` and then checks its own
transition, so it makes no difference how long the workers were down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from talentsvc.cards.rules.due_dates import Deadline, day_zero, deadline_of
from talentsvc.cards.rules.events import CaseEvent, latest
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.rules.transitions import APPLICATION_TRANSITIONS
from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.core.clock import local_date, require_aware
from talentsvc.core.workdays import WorkCalendar

_S = ApplicationState
_A = CaseAction

#: What the end of a state's due date does. Every other due date is only overdue.
CLOCK_STEPS: Mapping[ApplicationState, CaseAction] = {
    _S.AWAITING_ENDORSEMENT: _A.EXPIRE_ENDORSEMENT,
    _S.RECEIVED: _A.ACCEPT_BY_SILENCE,
    _S.RESUBMITTED: _A.ACCEPT_BY_SILENCE,
    _S.CORRECTION_REQUESTED: _A.LAPSE,
    _S.PUBLIC_NOTICE: _A.ISSUE,
}


@dataclass(frozen=True)
class DueStep:
    """A step of the clock, to be recorded with the actor `clock`.

    `at` is when it fell due: the 24:00 that ended the last day, which is 00:00 of the day after.
    `effective_on` is the day it counts from, if it counts from one. `data` tells the timeline
    which due date ran out and whether its calendar was provisional.
    """

    action: CaseAction
    from_state: ApplicationState
    to_state: ApplicationState
    at: datetime
    effective_on: date | None
    data: Mapping[str, object] = field(default_factory=dict)

    def as_event(self) -> CaseEvent:
        """Return the event this step becomes."""
        return CaseEvent(
            self.action, self.from_state, self.to_state, self.at, self.effective_on, self.data
        )


def due_step(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
    *,
    has_open_objection: bool = False,
) -> DueStep | None:
    """Return the next step of the clock if it is due at `now`, else None.

    `events` is the whole history, oldest first, ending in `state`. `has_open_objection`: somebody
    has objected and the window has not recorded it yet, or one of several is undecided; nothing
    is issued over an objection, however old the notice.
    """
    if state is _S.PUBLIC_NOTICE and has_open_objection:
        return None
    step = next_step(state, events, limits, calendar)
    return step if step is not None and step.at <= require_aware(now) else None


def next_step(
    state: ApplicationState, events: Sequence[CaseEvent], limits: Limits, calendar: WorkCalendar
) -> DueStep | None:
    """Return what the clock will do to this case unless somebody acts before, None if nothing.

    Its `at` is what a sweep selects by: each case whose `at` lies in the past, however long ago.
    """
    action = CLOCK_STEPS.get(state)
    deadline = deadline_of(state, events, limits, calendar) if action else None
    if action is None or deadline is None or deadline.ends_at is None:
        return None
    # A dismissal may come after the notice has ended, a corrected calendar may move a limit back.
    at = max(deadline.ends_at, events[-1].at)
    return DueStep(
        action,
        state,
        APPLICATION_TRANSITIONS.target(state, action),
        at,
        _effective_on(action, at, events, limits, calendar),
        _data(deadline),
    )


def due_steps(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
    *,
    has_open_objection: bool = False,
) -> tuple[DueStep, ...]:
    """Return every step due at `now`, in order, each dated when it fell due; () when none is."""
    history, steps = list(events), list[DueStep]()
    while step := due_step(
        state, history, limits, calendar, now, has_open_objection=has_open_objection
    ):
        steps.append(step)
        history.append(step.as_event())
        state = step.to_state
    return tuple(steps)


def state_at(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
    now: datetime,
    *,
    has_open_objection: bool = False,
) -> ApplicationState:
    """Return where the case stands at `now`, `state` being the last one written down."""
    steps = due_steps(state, events, limits, calendar, now, has_open_objection=has_open_objection)
    return steps[-1].to_state if steps else state


def _data(deadline: Deadline) -> dict[str, object]:
    return {
        "deadline": deadline.kind.value,
        "due_on": None if deadline.due_on is None else deadline.due_on.isoformat(),
        "is_provisional": deadline.is_provisional,
    }


def _effective_on(
    action: CaseAction,
    at: datetime,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
) -> date | None:
    if action is _A.ACCEPT_BY_SILENCE:
        return _received_on(events, limits, calendar)
    if action is _A.ISSUE:
        # The first day on which the notice is over, and the card's first.
        return local_date(at)
    return None


def _received_on(
    events: Sequence[CaseEvent], limits: Limits, calendar: WorkCalendar
) -> date | None:
    """The day on which the papers came in about which the office was silent.

    Licence law art. 32: untold within the limit means accepted from the day received. After a
    correction these papers are the corrected ones, whose check is a limit of its own.
    """
    filing = latest(events, {_A.ENDORSE, _A.SUBMIT_CORRECTION})
    return None if filing is None else day_zero(filing, limits, calendar)
