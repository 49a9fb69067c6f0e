"""Events at work: locked, changed and recorded by one set of functions (guarantees.md G2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotFoundHere, StaleVersion
from talentsvc.events.models import Event, FairSession
from talentsvc.events.rules.occasions import (
    EventDetails,
    PlannedSession,
    SessionDetails,
)
from talentsvc.events.rules.transitions import EVENT_TRANSITIONS
from talentsvc.events.terms.event import EventStep
from talentsvc.extensions.database import db

_EVENT_FIELDS = (
    "kind",
    "edition",
    "title_zh",
    "title_en",
    "summary_zh",
    "summary_en",
    "organiser_zh",
    "organiser_en",
    "contact",
    "admission",
    "is_invitation_only",
    "takes_visitors",
    "registration_opens_at",
    "registration_closes_at",
    "results_visible_at",
    "confirm_due_at",
    "terms",
)
_SESSION_FIELDS = (
    "city",
    "host_zh",
    "host_en",
    "place_zh",
    "place_en",
    "starts_at",
    "ends_at",
    "places",
    "visitor_places",
    "expected_visitors",
    "permit_applied_on",
    "permit_number",
)


def lock_event(event_id: UUID, *, expected_version: int | None = None) -> Event:
    """Lock an event; its sessions are locked after it.

    Errors: NotFoundHere; StaleVersion when the page that asks was rendered for another version.
    """
    db.session.flush()
    event = db.session.execute(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if event is None:
        raise NotFoundHere()
    if expected_version is not None and event.version != expected_version:
        raise StaleVersion()
    return event


def write_event(event: Event, details: EventDetails) -> None:
    """Copy checked details into the row."""
    for name in _EVENT_FIELDS:
        setattr(event, name, getattr(details, name))


def details_of(event: Event) -> EventDetails:
    """The row as the rules read it."""
    return EventDetails(**{name: getattr(event, name) for name in _EVENT_FIELDS})


def write_session(session: FairSession, details: SessionDetails) -> None:
    """Copy checked details into the row."""
    for name in _SESSION_FIELDS:
        setattr(session, name, getattr(details, name))


def details_of_session(session: FairSession) -> SessionDetails:
    """The row as the rules read it."""
    return SessionDetails(**{name: getattr(session, name) for name in _SESSION_FIELDS})


def planned(session: FairSession) -> PlannedSession:
    """What of a session decides about publishing."""
    return PlannedSession(
        state=session.state,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        held_on=session.held_on,
        places=session.places,
        expected_visitors=session.expected_visitors,
        permit_applied_on=session.permit_applied_on,
        permit_number=session.permit_number,
    )


def move_event(event: Event, step: EventStep) -> None:
    """Take one step with an event: the only writer of its state. Errors: NotAllowedNow."""
    event.state = EVENT_TRANSITIONS.target(event.state, step)


def record_event(
    event_id: UUID,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write a step with an event or one of its sessions to the event's stream of the record."""
    record(
        SubjectKind.EVENT,
        event_id,
        action,
        actor=actor,
        at=at,
        before=dict(before or {}),
        after=dict(after or {}),
    )


def audited(row: Event | FairSession) -> dict[str, Any]:
    """What the record keeps of a row; nothing in it is personal."""
    names = _EVENT_FIELDS if isinstance(row, Event) else _SESSION_FIELDS
    return {"id": row.id, "state": row.state, **{name: getattr(row, name) for name in names}}


def next_number(event_id: UUID) -> int:
    """The next session's number; the event is locked, so nobody else takes it."""
    last = db.session.execute(
        select(func.max(FairSession.number)).where(FairSession.event_id == event_id)
    ).scalar_one()
    return (last or 0) + 1


def sessions_of(event_id: UUID) -> list[FairSession]:
    """The sessions of an event in their order."""
    return list(
        db.session.execute(
            select(FairSession)
            .where(FairSession.event_id == event_id)
            .order_by(FairSession.starts_at, FairSession.number)
        ).scalars()
    )
