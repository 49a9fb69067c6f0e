"""A session does not take place; whoever registered is told (reactions)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.events.eventwork import lock_event, record_event
from talentsvc.events.models import FairSession
from talentsvc.events.permit_tasks import settle_permit_task
from talentsvc.events.queries.occasions import session_of
from talentsvc.events.registering import lock_session
from talentsvc.events.terms.event import SessionCancelled, SessionState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen


def cancel_session(
    session_id: UUID, *, reason: str, expected_version: int | None, actor: Actor, at: datetime
) -> FairSession:
    """Cancel one session with a reason that everybody reads.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow when it is cancelled or over, InvalidInput without a reason.
    """
    if not reason.strip():
        raise InvalidInput("reason", "missing")
    lock_event(session_of(session_id).event_id)
    session = lock_session(session_id, expected_version=expected_version)
    if session.ends_at <= at:
        raise NotAllowedNow("over", "cancel_session")
    return end_session(session_id, reason=reason.strip(), actor=actor, at=at)


def end_session(session_id: UUID, *, reason: str, actor: Actor, at: datetime) -> FairSession:
    """Cancel a session whose event is locked. Errors: NotAllowedNow."""
    session = lock_session(session_id)
    if session.state is SessionState.CANCELLED:
        raise NotAllowedNow(session.state, "cancel_session")
    session.state = SessionState.CANCELLED
    session.cancellation_reason = reason
    db.session.flush()
    record_event(
        session.event_id,
        "cancel_session",
        actor=actor,
        at=at,
        before={"session": session.id, "state": SessionState.PLANNED},
        after={"session": session.id, "state": session.state},
    )
    settle_permit_task(session.id, actor=actor, at=at)
    happen(SessionCancelled(session.id))
    return session
