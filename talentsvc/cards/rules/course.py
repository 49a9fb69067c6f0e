"""The way ahead of a case: which stages are still to come, and by when at the latest.

A promise of the house: every step has a date (product.md, A2). What lies ahead is worked out as if
everybody used their whole time, so a date told here can only be beaten or paused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from talentsvc.cards.rules.due_dates import Deadline, deadlines_of
from talentsvc.cards.rules.events import CaseEvent
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import ApplicationState, DeadlineKind, NoticeUnit
from talentsvc.core.workdays import WorkCalendar, add_calendar_days, due_after

_S = ApplicationState


class Stage(StrEnum):
    """What an applicant waits for, in order; finer steps are the office's own."""

    ENDORSEMENT = "endorsement"
    INTAKE = "intake"
    DECISION = "decision"
    NOTICE = "notice"
    CARD = "card"


#: The stage a case is in, where it is in one.
STAGE_OF: Mapping[ApplicationState, Stage] = {
    _S.AWAITING_ENDORSEMENT: Stage.ENDORSEMENT,
    _S.RECEIVED: Stage.INTAKE,
    _S.CORRECTION_REQUESTED: Stage.INTAKE,
    _S.RESUBMITTED: Stage.INTAKE,
    _S.ACCEPTED: Stage.DECISION,
    _S.SPECIAL_RECOGNITION: Stage.DECISION,
    _S.RECOMMENDED: Stage.DECISION,
    _S.REVIEW_OPEN: Stage.DECISION,
    _S.PUBLIC_NOTICE: Stage.NOTICE,
    _S.OBJECTION_OPEN: Stage.NOTICE,
    _S.ISSUED: Stage.CARD,
}
#: Nothing was filed yet, or has to be filed again: the whole way lies ahead.
_BEFORE_FILING = frozenset({_S.DRAFT, _S.ENDORSEMENT_DECLINED, _S.ENDORSEMENT_EXPIRED})


@dataclass(frozen=True)
class Ahead:
    """One stage to come: how long it takes at most, and its last day where that can be told."""

    stage: Stage
    length: int
    unit: NoticeUnit
    by_on: date | None = None
    is_provisional: bool = False


def stages_ahead(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
) -> tuple[Ahead, ...]:
    """The stages after the present one, each with its latest last day; () at an end."""
    stages = list(Stage)
    if state in _BEFORE_FILING:
        return tuple(_ahead(stage, limits) for stage in stages)
    stage = STAGE_OF.get(state)
    if stage is None:
        return ()
    start = _end_of_present(state, events, limits, calendar)
    found: list[Ahead] = []
    for later in stages[stages.index(stage) + 1 :]:
        ahead = _dated(_ahead(later, limits), start, calendar)
        found.append(ahead)
        start = ahead.by_on
    return tuple(found)


def _ahead(stage: Stage, limits: Limits) -> Ahead:
    working_days = {
        Stage.ENDORSEMENT: limits.endorsement_working_days,
        Stage.INTAKE: limits.intake_working_days,
        Stage.DECISION: limits.decision_working_days,
        Stage.CARD: limits.issue_working_days,
    }
    if stage is Stage.NOTICE:
        return Ahead(stage, limits.notice_length, limits.notice_unit)
    return Ahead(stage, working_days[stage], NoticeUnit.WORKING_DAY)


def _end_of_present(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
) -> date | None:
    """The last day of the present stage. A correction ends when the applicant wants: no date."""
    if state in (_S.CORRECTION_REQUESTED, _S.SPECIAL_RECOGNITION, _S.OBJECTION_OPEN):
        return None
    deadline = _longest(state, events, limits, calendar)
    return deadline.due_on if deadline else None


def _longest(
    state: ApplicationState,
    events: Sequence[CaseEvent],
    limits: Limits,
    calendar: WorkCalendar,
) -> Deadline | None:
    running = deadlines_of(state, events, limits, calendar)
    decisions = (one for one in running if one.kind is DeadlineKind.DECISION)
    return next(decisions, next(iter(running), None))


def _dated(ahead: Ahead, start: date | None, calendar: WorkCalendar) -> Ahead:
    if start is None:
        return ahead
    if ahead.unit is NoticeUnit.CALENDAR_DAY:
        return Ahead(ahead.stage, ahead.length, ahead.unit, add_calendar_days(start, ahead.length))
    due = due_after(calendar, start, ahead.length)
    return Ahead(ahead.stage, ahead.length, ahead.unit, due.on, due.is_provisional)
