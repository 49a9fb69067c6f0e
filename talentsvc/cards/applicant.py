"""The person an application is about, as its identity step says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.accounts.models import Account
from talentsvc.cards.models import Card
from talentsvc.cards.rules.cards import RUNNING_STATES, card_state_at
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.extensions.database import db
from talentsvc.people.actions.record_person import record_person
from talentsvc.people.models import Person
from talentsvc.policy.terms import Tier


def record_applicant(identity: Mapping[str, Any], *, actor: Actor, at: datetime) -> Person:
    """Record the person behind the account that applies, by checked answers of the identity step.

    Errors: InvalidInput with the field, before anything is written.
    """
    account = db.session.get(Account, actor.account_id)
    if account is None:
        raise NotFoundHere()
    return record_person(
        account=account,
        name=identity["name"],
        name_latin=identity.get("name_latin") or None,
        nationality=identity["nationality"],
        document_kind=DocumentKind(identity["document_kind"]),
        document_number=identity["document_number"],
        document_valid_until=_date(identity.get("document_valid_until")),
        phone=identity["phone"],
        sex=Sex(identity.get("sex") or Sex.UNKNOWN),
        birth_on=_date(identity.get("birth_on")),
        actor=actor,
        at=at,
    )


def tiers_held(person_id: UUID | None, at: datetime) -> frozenset[Tier]:
    """Tiers of which a person holds a card that runs at a moment."""
    if person_id is None:
        return frozenset()
    cards = db.session.execute(
        select(Card).where(Card.person_id == person_id, Card.state.in_(RUNNING_STATES))
    ).scalars()
    return frozenset(
        card.tier
        for card in cards
        if card_state_at(card.state, card.valid_until, at) in RUNNING_STATES
    )


def holds_higher_card(person_id: UUID | None, at: datetime) -> bool:
    """Whether a person holds an A or B card: then no C card is issued (facts.md 1.1)."""
    return bool(tiers_held(person_id, at) & {Tier.A, Tier.B})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
