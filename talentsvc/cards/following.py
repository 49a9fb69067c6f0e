"""Where a case stands at a moment, for pages that only read: nothing is written down here.

Effects of time are a pure function, so a page shows a lapsed correction or an accepted case even if
no sweep has run (decisions.md, "Time").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.calendar.queries import work_calendar
from talentsvc.cards.casework import history, limits_of
from talentsvc.cards.models import Application
from talentsvc.cards.models import CaseEvent as EventRow
from talentsvc.cards.rules.clock import DueStep, due_steps
from talentsvc.cards.rules.course import Ahead, stages_ahead
from talentsvc.cards.rules.due_dates import Deadline, deadlines_of
from talentsvc.cards.rules.events import CaseEvent
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.workdays import WorkCalendar
from talentsvc.extensions.database import db


@dataclass(frozen=True)
class Standing:
    """A case at a moment: the state it is in, what time alone has done to it, and what runs."""

    application: Application
    state: ApplicationState
    events: tuple[CaseEvent, ...]
    unwritten: tuple[DueStep, ...]
    limits: Limits
    calendar: WorkCalendar

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """All due dates that run, the nearest first."""
        return deadlines_of(self.state, self.events, self.limits, self.calendar)

    @property
    def deadline(self) -> Deadline | None:
        """The due date that comes first."""
        return next(iter(self.deadlines), None)

    @property
    def ahead(self) -> tuple[Ahead, ...]:
        """The stages still to come."""
        return stages_ahead(self.state, self.events, self.limits, self.calendar)


def standing_of(
    application: Application, at: datetime, rows: Sequence[EventRow] | None = None
) -> Standing:
    """Where a case stands; `rows` are its events where the page has read them already.

    Four queries at most: events, rules and the calendar.
    """
    events = history(application.id) if rows is None else [as_read(row) for row in rows]
    return _standing(application, events, work_calendar(), at)


def standings_of(applications: Sequence[Application], at: datetime) -> list[Standing]:
    """The same for a list, in its order: one query for the events of all, one for the calendar."""
    if not applications:
        return []
    events: dict[UUID, list[CaseEvent]] = {application.id: [] for application in applications}
    rows = db.session.execute(
        select(EventRow).where(EventRow.application_id.in_(events)).order_by(EventRow.sequence)
    ).scalars()
    for row in rows:
        events[row.application_id].append(as_read(row))
    calendar = work_calendar()
    return [
        _standing(application, events[application.id], calendar, at) for application in applications
    ]


def _standing(
    application: Application, events: list[CaseEvent], calendar: WorkCalendar, at: datetime
) -> Standing:
    limits = limits_of(application)
    unwritten = due_steps(application.state, events, limits, calendar, at)
    return Standing(
        application=application,
        state=unwritten[-1].to_state if unwritten else application.state,
        events=(*events, *(step.as_event() for step in unwritten)),
        unwritten=unwritten,
        limits=limits,
        calendar=calendar,
    )


def as_read(row: EventRow) -> CaseEvent:
    """A stored step as the clock reads it."""
    return CaseEvent(row.action, row.from_state, row.to_state, row.at, row.effective_on, row.data)
