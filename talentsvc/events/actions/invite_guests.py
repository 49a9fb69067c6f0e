"""Guests are asked to come: a message each, whose link opens a page with a button."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.emails import check_email
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.events.messages import visits as messages
from talentsvc.events.models import Event, EventInvitation
from talentsvc.events.telling import tell_guest
from talentsvc.events.terms.event import EventState
from talentsvc.events.terms.visit import MOST_INVITED_AT_ONCE, TOKEN_BITS, InvitationState
from talentsvc.events.tokens import token_hash
from talentsvc.extensions.database import blind_index, db

#: Purpose of the blind index by which a guest is found; a change would lose every row.
GUEST_INDEX = "event_invitation.email"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to invite, as typed."""

    name: str
    email: str
    language: str = "zh"


def invite_guests(
    event_id: UUID, guests: Sequence[Guest], *, actor: Actor, at: datetime
) -> list[EventInvitation]:
    """Invite each guest once; who was invited before is left out. Returns the new invitations.

    Errors: NotFoundHere; InvalidInput for an address or when the event is not published.
    """
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFoundHere()
    if event.state is not EventState.PUBLISHED:
        raise InvalidInput("guests", "not_published")
    if not 1 <= len(guests) <= MOST_INVITED_AT_ONCE:
        raise InvalidInput("guests", "how_many")
    checked = {check_email(guest.email): guest for guest in guests}
    known = _known(event_id, [blind_index(GUEST_INDEX, address) for address in checked])
    made = []
    for address, guest in checked.items():
        if blind_index(GUEST_INDEX, address) not in known:
            made.append(_invite(event, guest, address, actor, at))
    record(
        SubjectKind.EVENT,
        event.id,
        "invite_guests",
        actor=actor,
        at=at,
        after={"guests": len(made)},
    )
    return made


def _known(event_id: UUID, indexes: list[bytes]) -> set[bytes]:
    found = select(EventInvitation.email_index).where(
        EventInvitation.event_id == event_id, EventInvitation.email_index.in_(indexes)
    )
    return set(db.session.execute(found).scalars())


def _invite(
    event: Event, guest: Guest, address: str, actor: Actor, at: datetime
) -> EventInvitation:
    token = secrets.token_urlsafe(TOKEN_BITS // 8)
    invitation = EventInvitation(
        event_id=event.id,
        name=guest.name.strip(),
        email_index=blind_index(GUEST_INDEX, address),
        language=guest.language,
        token_hash=token_hash(token),
        state=InvitationState.SENT,
        invited_by_account_id=actor.account_id,
        invited_at=at,
    )
    invitation.email = address
    db.session.add(invitation)
    db.session.flush()
    tell_guest(messages.EVENT_INVITATION, invitation, event, token=token, at=at)
    return invitation
