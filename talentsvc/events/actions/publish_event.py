"""The public may see an event; what is missing is said all at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.clock import local_date
from talentsvc.core.errors import DomainError
from talentsvc.events.eventwork import (
    details_of,
    lock_event,
    move_event,
    planned,
    record_event,
    sessions_of,
)
from talentsvc.events.models import Event
from talentsvc.events.permit_tasks import open_permit_task
from talentsvc.events.rules.occasions import Missing, missing_for_publishing
from talentsvc.events.terms.event import EventStep
from talentsvc.extensions.database import db


class NotPublishable(DomainError):
    """Something is missing: `missing` lists it."""

    code = "not_publishable"

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(None, missing=",".join(missing))
        self.missing = missing


def publish_event(
    event_id: UUID, *, expected_version: int | None, actor: Actor, at: datetime
) -> Event:
    """Publish. Errors: NotFoundHere, StaleVersion, NotAllowedNow, NotPublishable with everything missing."""
    event = lock_event(event_id, expected_version=expected_version)
    before = event.state
    move_event(event, EventStep.PUBLISH)
    sessions = sessions_of(event_id)
    missing = missing_for_publishing(
        details_of(event), [planned(one) for one in sessions], at, local_date(at)
    )
    if missing:
        raise NotPublishable(missing)
    event.published_at = at
    db.session.flush()
    record_event(
        event.id,
        EventStep.PUBLISH.value,
        actor=actor,
        at=at,
        before={"state": before},
        after={"state": event.state},
    )
    for session in sessions:
        open_permit_task(session, actor=actor, at=at)
    return event
