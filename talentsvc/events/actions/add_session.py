"""A session is added to an event: a day and a place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.clock import local_date
from talentsvc.core.ids import short_code
from talentsvc.events.eventwork import (
    audited,
    lock_event,
    move_event,
    next_number,
    record_event,
    write_session,
)
from talentsvc.events.models import FairSession
from talentsvc.events.permit_tasks import check_permit_in_time, open_permit_task
from talentsvc.events.rules.occasions import SessionDetails, check_session
from talentsvc.events.terms.event import EventState, EventStep, SessionState
from talentsvc.extensions.database import db

#: Random bits of the code at the door.
CODE_BITS = 96


def add_session(
    event_id: UUID, details: SessionDetails, *, actor: Actor, at: datetime
) -> FairSession:
    """Add a session; to a published event only one whose permit can still be had.

    Errors: NotFoundHere, NotAllowedNow for a cancelled event, InvalidInput.
    """
    event = lock_event(event_id)
    move_event(event, EventStep.EDIT)
    check_session(details)
    session = FairSession(
        event_id=event.id,
        number=next_number(event_id),
        state=SessionState.PLANNED,
        held_on=local_date(details.starts_at),
        code=short_code(CODE_BITS),
        created_at=at,
    )
    write_session(session, details)
    if event.state is EventState.PUBLISHED:
        check_permit_in_time(session, at)
    db.session.add(session)
    db.session.flush()
    record_event(event.id, "add_session", actor=actor, at=at, after=audited(session))
    if event.state is EventState.PUBLISHED:
        open_permit_task(session, actor=actor, at=at)
    return session
