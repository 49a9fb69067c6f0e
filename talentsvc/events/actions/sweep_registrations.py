"""What the sweep selects and writes down: every registration that has lapsed by itself, however long ago."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.registering import lock_registration
from talentsvc.events.registration_work import lapse, tell_company, timed
from talentsvc.events.rules.session_clock import has_lapsed, lapses_at
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.extensions.database import db

_S = RegistrationState


def registrations_that_lapsed(at: datetime, limit: int) -> list[UUID]:
    """Candidates, the longest due first; `sweep_registration` asks the rule."""
    closed = (FairRegistration.state == _S.DRAFT) & (Event.registration_closes_at <= at)
    unconfirmed = (FairRegistration.state == _S.APPROVED) & (FairRegistration.confirm_due_at <= at)
    unaudited = FairRegistration.state.in_((_S.DRAFT, _S.SUBMITTED, _S.RETURNED))
    without = (FairRegistration.state == _S.APPROVED) & (FairRegistration.place == PlaceState.NONE)
    begun = (unaudited | without) & (FairSession.starts_at <= at)
    over = (FairRegistration.state == _S.APPROVED) & (FairSession.ends_at <= at)
    statement = (
        select(FairRegistration.id)
        .join(FairSession, FairSession.id == FairRegistration.session_id)
        .join(Event, Event.id == FairSession.event_id)
        .where(or_(closed, unconfirmed, begun, over))
        .order_by(FairSession.starts_at, FairRegistration.id)
        .limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def sweep_registration(registration_id: UUID, *, at: datetime) -> bool:
    """Write one lapse down, dated when it fell due; False when there was none."""
    session, registration = lock_registration(registration_id)
    event = db.session.get_one(Event, session.event_id)
    facts = timed(event, session, registration)
    due = lapses_at(facts)
    if due is None or not has_lapsed(facts, at):
        return False
    was_draft = registration.state is _S.DRAFT
    lapse(session, registration, at=due)
    if not was_draft:
        tell_company(messages.REGISTRATION_LAPSED, event, session, registration, at=at)
    return True
