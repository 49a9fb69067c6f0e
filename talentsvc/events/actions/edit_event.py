"""An event is changed; whoever has an older page open is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.events.eventwork import (
    audited,
    lock_event,
    move_event,
    planned,
    record_event,
    sessions_of,
    write_event,
)
from talentsvc.events.models import Event
from talentsvc.events.rules.occasions import EventDetails, check_event, missing_for_publishing
from talentsvc.events.terms.event import EventState, EventStep
from talentsvc.extensions.database import db


def edit_event(
    event_id: UUID,
    details: EventDetails,
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> Event:
    """Change what is said of an event; a published one must stay publishable.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow for a cancelled one, InvalidInput.
    """
    event = lock_event(event_id, expected_version=expected_version)
    move_event(event, EventStep.EDIT)
    check_event(details)
    if event.state is EventState.PUBLISHED:
        sessions = [planned(one) for one in sessions_of(event_id)]
        upcoming = [one for one in sessions if one.ends_at > at]
        missing = missing_for_publishing(details, upcoming, at, local_date(at)) if upcoming else []
        if missing:
            raise InvalidInput("event", missing[0].value)
    before = audited(event)
    write_event(event, details)
    db.session.flush()
    record_event(
        event.id, EventStep.EDIT.value, actor=actor, at=at, before=before, after=audited(event)
    )
    return event
