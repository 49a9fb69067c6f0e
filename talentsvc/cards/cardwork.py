"""A card at work: locked, and moved by one function, like a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.access.actor import CLOCK, Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards.models import Card, CardEvent
from talentsvc.cards.rules.cards import card_state_at
from talentsvc.cards.rules.transitions import next_card_state
from talentsvc.cards.terms import ActorClass, CardAction, CardLeftForce, CardState, FourEyesRule
from talentsvc.core.clock import end_of_day
from talentsvc.core.errors import FourEyesViolated, NotFoundHere, StaleVersion
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen
from talentsvc.people.queries import kin_of


def open_card(
    card_id: UUID,
    *,
    at: datetime,
    expected_version: int | None = None,
    holder_id: UUID | None = None,
) -> Card:
    """Lock a card and write its expiry down if its last day is over.

    `holder_id` narrows it to the cards of one person, before anything else is told about it.
    Errors: NotFoundHere, StaleVersion.
    """
    statement = (
        select(Card)
        .where(Card.id == card_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    card = db.session.execute(statement).scalar_one_or_none()
    if card is None or (holder_id is not None and card.person_id != holder_id):
        raise NotFoundHere()
    if expected_version is not None and card.version != expected_version:
        raise StaleVersion()
    if card_state_at(card.state, card.valid_until, at) is not card.state:
        move_card(
            card,
            CardAction.EXPIRE,
            actor=CLOCK,
            actor_class=ActorClass.CLOCK,
            at=end_of_day(card.valid_until),
        )
    return card


def check_officer(card: Card, actor: Actor) -> None:
    """Nobody at the desk works on a card of their own or of declared kin (decisions.md, "Who may do what").

    Errors: FourEyesViolated, also for an officer whose account has no person behind it.
    """
    if actor.person_id is None:
        raise FourEyesViolated("no_person")
    if actor.person_id == card.person_id:
        raise FourEyesViolated(FourEyesRule.OWN_CASE.value)
    if any(kin.person_id == actor.person_id for kin in kin_of(card.person_id)):
        raise FourEyesViolated(FourEyesRule.KIN_OF_APPLICANT.value)


def move_card(
    card: Card,
    action: CardAction,
    *,
    actor: Actor,
    actor_class: ActorClass,
    at: datetime,
    reason: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> CardEvent:
    """Take one step with a card: the only writer of its state. Errors: NotAllowedNow, InvalidInput(reason)."""
    before = card.state
    after = next_card_state(before, action, actor=actor_class, reason=reason)
    card.state = after
    if after is not CardState.SUSPENDED:
        card.suspension_reason = None
    event = note_card_event(
        card, action, before, actor=actor, actor_class=actor_class, at=at, reason=reason, data=data
    )
    if before is CardState.ACTIVE and after is not CardState.ACTIVE:
        happen(CardLeftForce(card.id, card.person_id))
    return event


def note_card_event(
    card: Card,
    action: CardAction,
    before: CardState | None,
    *,
    actor: Actor,
    actor_class: ActorClass,
    at: datetime,
    reason: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> CardEvent:
    """Write a step into the card's history and the record."""
    last = db.session.execute(
        select(func.max(CardEvent.sequence)).where(CardEvent.card_id == card.id)
    ).scalar_one()
    event = CardEvent(
        card_id=card.id,
        sequence=(last or 0) + 1,
        action=action,
        from_state=before,
        to_state=card.state,
        actor_account_id=actor.account_id,
        acting_as=actor_class.value,
        at=at,
        reason=reason.strip() if reason else None,
        data=dict(data or {}),
    )
    db.session.add(event)
    # The next step of this transaction counts from this one.
    db.session.flush()
    record(
        SubjectKind.CARD,
        card.id,
        action.value,
        actor=actor,
        at=at,
        before={"state": before},
        after={"state": card.state, "number": card.number},
        acting_as=actor_class.value,
    )
    return event
