"""Reads of events and sessions: for the calendar, the desk, and the other parts of the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.calendar.queries import work_calendar
from talentsvc.core.clock import end_of_day, local_date, start_of_day
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.events.models import Event, FairSession
from talentsvc.events.rules.event_terms import EventTerms, read_terms
from talentsvc.events.rules.phases import EventDates, phase_at
from talentsvc.events.terms.event import EventKind, EventPhase, EventState, SessionState
from talentsvc.extensions.database import db

PAGE_SIZE = 25
#: Sessions shown on a month's page or in a feed at most; a zone holds some hundred a year.
MOST_SESSIONS = 500


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session with its event."""

    session: FairSession
    event: Event

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return (
            self.session.state is SessionState.CANCELLED or self.event.state is EventState.CANCELLED
        )


def event_terms(event: Event) -> EventTerms:
    """The parameters of an event, typed."""
    return read_terms(event.terms)


def session_of(session_id: UUID) -> FairSession:
    """A session. Errors: NotFoundHere."""
    session = db.session.get(FairSession, session_id)
    if session is None:
        raise NotFoundHere()
    return session


def event_of(event_id: UUID) -> Event:
    """An event at the desk. Errors: NotFoundHere."""
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFoundHere()
    return event


def public_event(event_id: UUID) -> Event:
    """An event as the public knows it. Errors: NotFoundHere, also for a draft."""
    event = event_of(event_id)
    if event.state is EventState.DRAFT:
        raise NotFoundHere()
    return event


def sessions_of_event(event_id: UUID) -> list[FairSession]:
    """The sessions of an event by time. One query."""
    statement = (
        select(FairSession)
        .where(FairSession.event_id == event_id)
        .order_by(FairSession.starts_at, FairSession.number)
    )
    return list(db.session.execute(statement).scalars())


def dates_of(event: Event, sessions: Sequence[FairSession]) -> EventDates | None:
    """The dates of an event with at least one session that takes place; None without one."""
    planned = [one for one in sessions if one.state is SessionState.PLANNED]
    if not planned:
        return None
    last = max(one.ends_at for one in planned)
    return EventDates(
        registration_opens_at=event.registration_opens_at,
        registration_closes_at=event.registration_closes_at,
        results_visible_at=event.results_visible_at,
        confirm_due_at=event.confirm_due_at,
        first_starts_at=min(one.starts_at for one in planned),
        last_ends_at=last,
        results_due_at=results_due_at(event, last),
    )


def results_due_at(event: Event, ended_at: datetime) -> datetime:
    """The end of the last day on which companies report: working days after the session (facts.md 8.7)."""
    days = event_terms(event).results_due_working_days
    return end_of_day(work_calendar().add_working_days(local_date(ended_at), days))


def phase_of(event: Event, dates: EventDates | None, at: datetime) -> EventPhase | None:
    """Where a published event stands; None for a draft, a cancelled one, or one without sessions."""
    if event.state is not EventState.PUBLISHED or dates is None:
        return None
    return phase_at(dates, at)


def occasions_between(
    start: datetime, end: datetime, *, city: str | None = None, kind: EventKind | None = None
) -> list[Occasion]:
    """Sessions of events that the public may see, beginning in a span of time, by time. One query."""
    statement = (
        select(FairSession, Event)
        .join(Event, Event.id == FairSession.event_id)
        .where(
            Event.state != EventState.DRAFT,
            FairSession.starts_at >= start,
            FairSession.starts_at < end,
        )
        .order_by(FairSession.starts_at, FairSession.id)
        .limit(MOST_SESSIONS)
    )
    if city:
        statement = statement.where(FairSession.city == city)
    if kind:
        statement = statement.where(Event.kind == kind)
    return [Occasion(session, event) for session, event in db.session.execute(statement)]


def occasions_of_month(
    first: date, *, city: str | None = None, kind: EventKind | None = None
) -> list[Occasion]:
    """The sessions of a month in the zone's time."""
    following = (first + timedelta(days=32)).replace(day=1)
    return occasions_between(start_of_day(first), start_of_day(following), city=city, kind=kind)


def coming_occasions(at: datetime, limit: int) -> list[Occasion]:
    """The next sessions that take place, for the front page. One query."""
    statement = (
        select(FairSession, Event)
        .join(Event, Event.id == FairSession.event_id)
        .where(
            Event.state == EventState.PUBLISHED,
            FairSession.state == SessionState.PLANNED,
            FairSession.ends_at > at,
        )
        .order_by(FairSession.starts_at, FairSession.id)
        .limit(limit)
    )
    return [Occasion(session, event) for session, event in db.session.execute(statement)]


def events_page(
    state: EventState | None, kind: EventKind | None, cursor: str | None, size: int = PAGE_SIZE
) -> PageOf[Any]:
    """Rows (Event, first beginning, sessions) for the desk, the newest first. One query."""
    counted = (
        select(
            FairSession.event_id,
            func.min(FairSession.starts_at).label("first"),
            func.count().label("sessions"),
        )
        .group_by(FairSession.event_id)
        .subquery()
    )
    statement = select(Event, counted.c.first, counted.c.sessions).outerjoin(
        counted, counted.c.event_id == Event.id
    )
    if state is not None:
        statement = statement.where(Event.state == state)
    if kind is not None:
        statement = statement.where(Event.kind == kind)
    return keyset(db.session, statement, (Key(Event.id, descending=True),), cursor, size)
