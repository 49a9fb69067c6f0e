"""A person registers for a session: a place while there are some, else a number on the waiting list."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.accounts.recipients import recipient_of_account
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.core.ids import short_code
from talentsvc.events.messages import visits as messages
from talentsvc.events.models import Event, FairSession, Visit
from talentsvc.events.queries.visits import is_invited, open_visit
from talentsvc.events.rules.visiting import Door, check_may_register, free_places
from talentsvc.events.telling import tell
from talentsvc.events.terms.event import EventState
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import CODE_BITS, VisitState, VisitStep
from talentsvc.events.visiting import open_session
from talentsvc.extensions.database import db


def register_visit(session_id: UUID, *, actor: Actor, at: datetime) -> Visit:
    """Register the actor. A second registration while one is open is refused by constraint.

    Errors: NotFoundHere (also for a draft), InvalidInput("session", …) with the reason.
    """
    if actor.account_id is None:
        raise NotFoundHere()
    session = open_session(session_id)
    event = db.session.get_one(Event, session.event_id)
    if event.state is EventState.DRAFT:
        raise NotFoundHere()
    door = Door(
        event.state,
        session.state,
        event.takes_visitors,
        event.is_invitation_only,
        session.ends_at,
    )
    check_may_register(door, is_invited=is_invited(event.id, actor.account_id), at=at)
    if open_visit(session_id, actor.account_id) is not None:
        raise InvalidInput("session", "registered_already")
    visit = _new_visit(session, actor.account_id, at)
    db.session.add(visit)
    db.session.flush()
    record(
        SubjectKind.EVENT_REGISTRATION,
        visit.id,
        VisitStep.REGISTER.value,
        actor=actor,
        at=at,
        after={"session": session.id, "state": visit.state, "place": visit.place},
    )
    kind = messages.VISIT_WAITING if visit.place is PlaceState.WAITING else messages.VISIT_PLACE
    tell(kind, recipient_of_account(actor.account_id), event, session, about=visit.id, at=at)
    return visit


def _new_visit(session: FairSession, account_id: UUID, at: datetime) -> Visit:
    visit = Visit(
        session_id=session.id,
        account_id=account_id,
        state=VisitState.REGISTERED,
        place=PlaceState.HELD,
        code=short_code(CODE_BITS),
        registered_at=at,
        updated_at=at,
    )
    if free_places(session.visitor_places, session.visitors_taken) == 0:
        session.last_visitor_queue_number += 1
        visit.place = PlaceState.WAITING
        visit.queue_number = session.last_visitor_queue_number
    elif session.visitor_places is not None:
        session.visitors_taken += 1
    return visit
