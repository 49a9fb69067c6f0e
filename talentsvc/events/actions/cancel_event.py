"""An event does not take place; all its sessions go with it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.errors import InvalidInput
from talentsvc.events.actions.cancel_session import end_session
from talentsvc.events.eventwork import lock_event, move_event, record_event, sessions_of
from talentsvc.events.models import Event
from talentsvc.events.terms.event import EventStep, SessionState
from talentsvc.extensions.database import db


def cancel_event(
    event_id: UUID, *, reason: str, expected_version: int | None, actor: Actor, at: datetime
) -> Event:
    """Cancel with a reason that everybody reads.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow, InvalidInput without a reason.
    """
    said = reason.strip()
    if not said:
        raise InvalidInput("reason", "missing")
    event = lock_event(event_id, expected_version=expected_version)
    before = event.state
    move_event(event, EventStep.CANCEL)
    event.cancellation_reason = said
    db.session.flush()
    record_event(
        event.id,
        EventStep.CANCEL.value,
        actor=actor,
        at=at,
        before={"state": before},
        after={"state": event.state},
    )
    for session in sessions_of(event_id):
        if session.state is SessionState.PLANNED and session.ends_at > at:
            end_session(session.id, reason=said, actor=actor, at=at)
    return event
