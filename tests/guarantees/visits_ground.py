"""The events' persons on the ground: a full session with somebody waiting, one that is over, an invitation."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import actor_for
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import now
from talentsvc.events.actions.invite_guests import Guest, invite_guests
from talentsvc.events.actions.register_visit import register_visit
from talentsvc.events.models import Event, EventInvitation, FairSession
from talentsvc.events.terms.event import EventState
from talentsvc.events.terms.visit import VisitStep
from talentsvc.events.tokens import token_hash
from talentsvc.events.visiting import lock_visit, move_visit
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.visits.world import add_event, add_session

#: What the links of the ground's invitations end with.
OPEN_TOKEN, OTHER_TOKEN = "an-open-invitation", "another-invitation"


class Someone(Protocol):
    """Somebody on the ground."""

    @property
    def account_id(self) -> str: ...


class Case(Protocol):
    """A case on the ground."""

    @property
    def applicant(self) -> Someone: ...


class People(Protocol):
    """What of the ground's people this needs."""

    cases: dict[str, Case]
    others: dict[str, Case]
    made: dict[str, str]


def actor_of(account_id: str) -> Actor:
    """The actor of an account, as a request would make it."""
    return actor_for(db.session.get_one(Account, UUID(account_id)), None, now())


def settle_visits(people: People) -> None:
    """The two applicants whose cards were handed over are the two who come."""
    delivered = ApplicationState.DELIVERED.value
    first = people.cases[delivered].applicant.account_id
    second = people.others[delivered].applicant.account_id
    with unit_of_work():
        event = add_event()
        full = add_session(event, visitor_places=1)
        past = add_session(event, starts_at=now() - timedelta(hours=30))
        past.ends_at = now() + timedelta(days=300)
        draft = add_session(
            add_event(state=EventState.DRAFT, published_at=None, title_zh="尚未发布")
        )
        people.made |= {"event": str(event.id), "full": str(full.id), "draft": str(draft.id)}
        people.made["draft event"] = str(draft.event_id)
        people.made["open session"] = str(add_session(event).id)
    for who, name in ((first, "visit"), (second, "other visit")):
        with unit_of_work():
            people.made[name] = str(register_visit(full.id, actor=actor_of(who), at=now()).id)
    for who, name in ((first, "was there"), (second, "other was there")):
        with unit_of_work():
            visit = register_visit(past.id, actor=actor_of(who), at=now())
            people.made[name] = str(visit.id)
            session, locked = lock_visit(visit.id)
            move_visit(session, locked, VisitStep.CHECK_IN, actor=SYSTEM, at=now())
    with unit_of_work():
        guests = [
            Guest("欧阳䶮", "guest-one@example.cn"),
            Guest("Ada", "guest-two@example.cn", "en"),
        ]
        made = invite_guests(event.id, guests, actor=SYSTEM, at=now())
        for invitation, token in zip(made, (OPEN_TOKEN, OTHER_TOKEN), strict=True):
            invitation.token_hash = token_hash(token)


def session_of(people: People, name: str = "full") -> FairSession:
    """A session of the ground."""
    return db.session.get_one(FairSession, UUID(people.made[name]))


def event_of(people: People) -> Event:
    """The published event of the ground."""
    return db.session.get_one(Event, UUID(people.made["event"]))


__all__ = [
    "OPEN_TOKEN",
    "OTHER_TOKEN",
    "EventInvitation",
    "actor_of",
    "event_of",
    "session_of",
    "settle_visits",
]
