"""Reads of visits, invitations and feedback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.accounts.models import Account
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.events.models import Event, EventInvitation, FairSession, Visit, VisitFeedback
from talentsvc.events.terms.event import EventState
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import InvitationState, VisitState
from talentsvc.events.tokens import token_hash
from talentsvc.extensions.database import db

PAGE_SIZE = 25
OPEN = (VisitState.REGISTERED, VisitState.CHECKED_IN)


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """A visit with what its page needs; `position` only while it waits."""

    visit: Visit
    session: FairSession
    event: Event
    position: int | None
    feedback: VisitFeedback | None


@dataclass(frozen=True, slots=True)
class DoorCount:
    """Persons of a session: registered with a place, waiting, let in."""

    held: int
    waiting: int
    checked_in: int


def session_for_visit(session_id: UUID) -> tuple[FairSession, Event]:
    """A session and its event as the public knows them. Errors: NotFoundHere, also for a draft."""
    found = db.session.execute(
        select(FairSession, Event)
        .join(Event, Event.id == FairSession.event_id)
        .where(FairSession.id == session_id, Event.state != EventState.DRAFT)
    ).one_or_none()
    if found is None:
        raise NotFoundHere()
    return found[0], found[1]


def open_visit(session_id: UUID, account_id: UUID) -> Visit | None:
    """The registration of an account for a session that is not cancelled."""
    return db.session.execute(
        select(Visit).where(
            Visit.session_id == session_id, Visit.account_id == account_id, Visit.state.in_(OPEN)
        )
    ).scalar_one_or_none()


def is_invited(event_id: UUID, account_id: UUID) -> bool:
    """Whether an account has accepted an invitation to an event."""
    found = select(EventInvitation.id).where(
        EventInvitation.event_id == event_id,
        EventInvitation.account_id == account_id,
        EventInvitation.state == InvitationState.ACCEPTED,
    )
    return db.session.execute(found.limit(1)).first() is not None


def visits_page(account_id: UUID | None, cursor: str | None, size: int = PAGE_SIZE) -> PageOf[Any]:
    """Rows (Visit, FairSession, Event) of one account, the newest first. One query."""
    statement = (
        select(Visit, FairSession, Event)
        .join(FairSession, FairSession.id == Visit.session_id)
        .join(Event, Event.id == FairSession.event_id)
        .where(Visit.account_id == account_id)
    )
    return keyset(db.session, statement, (Key(Visit.id, descending=True),), cursor, size)


def own_visit(visit_id: UUID, account_id: UUID | None) -> OwnVisit:
    """One's own visit. Errors: NotFoundHere, also for somebody else's. Two queries at most."""
    found = db.session.execute(
        select(Visit, FairSession, Event, VisitFeedback)
        .join(FairSession, FairSession.id == Visit.session_id)
        .join(Event, Event.id == FairSession.event_id)
        .outerjoin(VisitFeedback, VisitFeedback.visit_id == Visit.id)
        .where(Visit.id == visit_id, Visit.account_id == account_id)
    ).one_or_none()
    if found is None:
        raise NotFoundHere()
    visit, session, event, feedback = found
    return OwnVisit(visit, session, event, _position(visit), feedback)


def _position(visit: Visit) -> int | None:
    if visit.place is not PlaceState.WAITING:
        return None
    before = select(func.count()).where(
        Visit.session_id == visit.session_id,
        Visit.place == PlaceState.WAITING,
        Visit.queue_number < visit.queue_number,
    )
    return db.session.execute(before).scalar_one() + 1


def invitation_by_token(token: str) -> tuple[EventInvitation, Event]:
    """An invitation and its event by the link's token. Errors: NotFoundHere, also for a withdrawn one."""
    found = db.session.execute(
        select(EventInvitation, Event)
        .join(Event, Event.id == EventInvitation.event_id)
        .where(
            EventInvitation.token_hash == token_hash(token),
            EventInvitation.state != InvitationState.WITHDRAWN,
        )
    ).one_or_none()
    if found is None:
        raise NotFoundHere()
    return found[0], found[1]


def invitations_page(event_id: UUID, cursor: str | None, size: int = PAGE_SIZE) -> PageOf[Any]:
    """Invitations to an event, the newest first."""
    statement = select(EventInvitation).where(EventInvitation.event_id == event_id)
    return keyset(db.session, statement, (Key(EventInvitation.id, descending=True),), cursor, size)


def visitors_page(session_id: UUID, cursor: str | None, size: int = PAGE_SIZE) -> PageOf[Any]:
    """Rows (Visit, display name) of a session in the order of registration. One query."""
    statement = (
        select(Visit, Account.display_name)
        .join(Account, Account.id == Visit.account_id)
        .where(Visit.session_id == session_id)
    )
    return keyset(db.session, statement, (Key(Visit.id),), cursor, size)


def door_count(session_id: UUID) -> DoorCount:
    """How many persons hold a place, wait and are in. One query."""
    row = db.session.execute(
        select(
            func.count().filter(Visit.place == PlaceState.HELD),
            func.count().filter(Visit.place == PlaceState.WAITING),
            func.count().filter(Visit.state == VisitState.CHECKED_IN),
        ).where(Visit.session_id == session_id)
    ).one()
    return DoorCount(*row)


def feedback_of(session_id: UUID) -> list[tuple[int, int]]:
    """Pairs (grade, how many) of a session, the best first. Words are read one by one, not here."""
    rows = db.session.execute(
        select(VisitFeedback.grade, func.count())
        .join(Visit, Visit.id == VisitFeedback.visit_id)
        .where(Visit.session_id == session_id)
        .group_by(VisitFeedback.grade)
        .order_by(VisitFeedback.grade.desc())
    )
    return [(grade, count) for grade, count in rows]
