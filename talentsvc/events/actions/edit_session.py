"""A session is changed: its hour and place, its places, its permit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from talentsvc.access.actor import Actor
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.events.eventwork import (
    audited,
    details_of_session,
    lock_event,
    move_event,
    record_event,
    write_session,
)
from talentsvc.events.models import FairRegistration, FairSession
from talentsvc.events.permit_tasks import check_permit_in_time, open_permit_task
from talentsvc.events.queries.occasions import session_of
from talentsvc.events.registering import lock_session
from talentsvc.events.rules.occasions import SessionDetails, check_session
from talentsvc.events.terms.event import (
    EventState,
    EventStep,
    PlacesRaised,
    SessionMoved,
    SessionState,
)
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen

_MOVING = ("city", "host_zh", "place_zh", "starts_at", "ends_at")


def edit_session(
    session_id: UUID,
    details: SessionDetails,
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> FairSession:
    """Change a session. Fewer places than are taken are refused with the number; more let the waiting move up.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow for a cancelled one, InvalidInput.
    """
    event = lock_event(session_of(session_id).event_id)
    session = lock_session(session_id, expected_version=expected_version)
    move_event(event, EventStep.EDIT)
    if session.state is SessionState.CANCELLED:
        raise NotAllowedNow(session.state, "edit_session")
    check_session(details)
    _check_not_below_use(session, details)
    before, old = audited(session), details_of_session(session)
    write_session(session, details)
    session.held_on = local_date(details.starts_at)
    is_public = event.state is EventState.PUBLISHED
    if is_public and details.expected_visitors != old.expected_visitors:
        check_permit_in_time(session, at)
    db.session.flush()
    _move_the_day(session)
    record_event(
        event.id, "edit_session", actor=actor, at=at, before=before, after=audited(session)
    )
    if is_public:
        open_permit_task(session, actor=actor, at=at)
        _tell_what_follows(session, old, details)
    return session


def _check_not_below_use(session: FairSession, details: SessionDetails) -> None:
    """A place that somebody holds is not taken away by a number."""
    if details.places < session.places_taken:
        raise InvalidInput("places", "in_use", taken=session.places_taken)
    limit = details.visitor_places
    if limit is not None and limit < session.visitors_taken:
        raise InvalidInput("visitor_places", "in_use", taken=session.visitors_taken)


def _move_the_day(session: FairSession) -> None:
    """Registrations keep the day of their session: one booth a legal person a day is counted by it.

    A company that holds a place elsewhere on the new day is found by the constraint.
    """
    db.session.execute(
        update(FairRegistration)
        .where(
            FairRegistration.session_id == session.id,
            FairRegistration.held_on != session.held_on,
        )
        .values(held_on=session.held_on)
    )


def _tell_what_follows(session: FairSession, old: SessionDetails, new: SessionDetails) -> None:
    if any(getattr(old, name) != getattr(new, name) for name in _MOVING):
        happen(SessionMoved(session.id))
    has_more_for_visitors = old.visitor_places is not None and (
        new.visitor_places is None or new.visitor_places > old.visitor_places
    )
    if new.places > old.places or has_more_for_visitors:
        happen(PlacesRaised(session.id))
