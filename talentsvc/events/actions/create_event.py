"""Staff enter an event; the public sees nothing of it before it is published."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.events.eventwork import audited, record_event, write_event
from talentsvc.events.models import Event
from talentsvc.events.rules.occasions import EventDetails, check_event
from talentsvc.events.terms.event import EventState
from talentsvc.extensions.database import db


def create_event(details: EventDetails, *, actor: Actor, at: datetime) -> Event:
    """Enter an event as a draft. Errors: InvalidInput."""
    check_event(details)
    event = Event(state=EventState.DRAFT, created_by_account_id=actor.account_id, created_at=at)
    write_event(event, details)
    db.session.add(event)
    db.session.flush()
    record_event(event.id, "create_event", actor=actor, at=at, after=audited(event))
    return event
