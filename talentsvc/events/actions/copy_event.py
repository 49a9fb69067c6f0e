"""A new event from an old one: everything but permits, places taken and what time has passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotFoundHere
from talentsvc.events.actions.add_session import add_session
from talentsvc.events.actions.create_event import create_event
from talentsvc.events.eventwork import details_of, details_of_session, sessions_of
from talentsvc.events.models import Event
from talentsvc.events.rules.occasions import EventDetails
from talentsvc.events.terms.event import SessionState
from talentsvc.extensions.database import db


def copy_event(event_id: UUID, *, first_day: date | None, actor: Actor, at: datetime) -> Event:
    """Copy an event as a draft; with a new first day every date moves by the same number of days.

    Hours stay what they are on the clock. Cancelled sessions are left out. Errors: NotFoundHere.
    """
    old = db.session.get(Event, event_id)
    if old is None:
        raise NotFoundHere()
    sessions = [one for one in sessions_of(event_id) if one.state is SessionState.PLANNED]
    shift = timedelta()
    if first_day is not None and sessions:
        shift = first_day - local_date(sessions[0].starts_at)
    copied = create_event(_moved(details_of(old), shift), actor=actor, at=at)
    copied.copied_from_id = old.id
    if copied.edition is not None:
        copied.edition += 1
    for session in sessions:
        details = details_of_session(session)
        moved = replace(
            details,
            starts_at=details.starts_at + shift,
            ends_at=details.ends_at + shift,
            permit_applied_on=None,
            permit_number=None,
        )
        add_session(copied.id, moved, actor=actor, at=at)
    db.session.flush()
    return copied


def _moved(details: EventDetails, shift: timedelta) -> EventDetails:
    """The dates of the event moved. The zone has no summer time, so a day is 24 hours."""
    names = (
        "registration_opens_at",
        "registration_closes_at",
        "results_visible_at",
        "confirm_due_at",
    )
    moved = {name: getattr(details, name) for name in names}
    shifted: dict[str, Any] = {
        name: value + shift if value else None for name, value in moved.items()
    }
    return replace(details, **shifted)
