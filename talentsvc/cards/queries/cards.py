"""Reads of cards: one's own, one that a stranger scans, and the desk's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import aliased

from talentsvc.accounts.models import Account
from talentsvc.cards.models import Application, Card, CardEvent
from talentsvc.cards.rules.cards import RUNNING_STATES, card_state_at
from talentsvc.cards.terms import CardState
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.core.references import InvalidReference, ReferenceKind, parse_reference
from talentsvc.employers.models import Employer
from talentsvc.employers.terms import Industry
from talentsvc.extensions.database import db
from talentsvc.people.models import IdentityDocument, Person
from talentsvc.people.queries import search_person_ids
from talentsvc.policy.models import StoredRuleSet

PAGE_SIZE = 30
#: Each with its history, so fewer than on a list of lines.
OWN_PAGE_SIZE = 10
#: "Ends soon" on the desk: the reminder before the last day (facts.md 8.3).
EXPIRING_DAYS = 90


@dataclass(frozen=True)
class CardSheet:
    """A card with the words around it; read in one query."""

    card: Card
    holder: str
    employer: str
    industry: Industry | None
    reference: str
    is_example: bool

    def state_at(self, at: datetime) -> CardState:
        """The card's state at a moment, whether or not a sweep has written it down."""
        return card_state_at(self.card.state, self.card.valid_until, at)


@dataclass(frozen=True)
class CardFilter:
    """What the desk's list is narrowed to; `state` is the one of today, not the one written down."""

    state: CardState | None = None
    is_expiring: bool = False
    text: str = ""


def _sheets() -> Any:
    return (
        select(
            Card,
            Person.name,
            Employer.name,
            Application.industry,
            Application.reference,
            StoredRuleSet.is_example,
        )
        .join(Person, Person.id == Card.person_id)
        .join(Application, Application.id == Card.application_id)
        .join(StoredRuleSet, StoredRuleSet.id == Application.rule_set_id)
        .outerjoin(Employer, Employer.id == Card.employer_id)
    )


def _sheet(row: Any) -> CardSheet:
    card, holder, employer, industry, reference, is_example = row
    return CardSheet(card, holder, employer or "", industry, reference, is_example)


def _one_sheet(*conditions: ColumnElement[bool]) -> CardSheet:
    row = db.session.execute(_sheets().where(*conditions)).one_or_none()
    if row is None:
        raise NotFoundHere()
    return _sheet(row)


def card_to_show(person_id: UUID | None, at: datetime) -> CardSheet | None:
    """One's own card that runs, else the newest; None for whoever never had one. One query."""
    if person_id is None:
        return None
    is_running = and_(Card.state.in_(RUNNING_STATES), Card.valid_until >= local_date(at))
    statement = (
        _sheets()
        .where(Card.person_id == person_id)
        .order_by(is_running.desc(), Card.issued_at.desc(), Card.id.desc())
        .limit(1)
    )
    row = db.session.execute(statement).one_or_none()
    return None if row is None else _sheet(row)


def other_cards_page(
    person_id: UUID | None, shown_id: UUID, cursor: str | None
) -> PageOf[CardSheet]:
    """One page of one's other cards, the newest first. One query."""
    statement = _sheets().where(Card.person_id == person_id, Card.id != shown_id)
    order = (Key(Card.issued_at, descending=True), Key(Card.id, descending=True))
    page = keyset(db.session, statement, order, cursor, OWN_PAGE_SIZE)
    items = tuple(_sheet(row) for row in page.items)
    return PageOf(items, page.next_cursor, page.previous_cursor)


def own_card(card_id: UUID, person_id: UUID | None) -> CardSheet:
    """One's own card. Errors: NotFoundHere for anybody else's."""
    if person_id is None:
        raise NotFoundHere()
    return _one_sheet(Card.id == card_id, Card.person_id == person_id)


def card_sheet(card_id: UUID) -> CardSheet:
    """A card for the desk. Errors: NotFoundHere."""
    return _one_sheet(Card.id == card_id)


def scanned_card(nonce: str, number: str | None = None) -> CardSheet:
    """The card that a QR code names; a number, where given, must be its own. Errors: NotFoundHere."""
    conditions: list[ColumnElement[bool]] = [Card.nonce == nonce]
    if number is not None:
        conditions.append(Card.number == number)
    return _one_sheet(*conditions)


def replacement_of(card_id: UUID) -> Card | None:
    """The card that took this one's place."""
    return db.session.execute(select(Card).where(Card.replaces_id == card_id)).scalar_one_or_none()


def events_of_cards(card_ids: list[UUID]) -> dict[UUID, list[CardEvent]]:
    """What happened to cards, oldest first. One query."""
    events: dict[UUID, list[CardEvent]] = {card_id: [] for card_id in card_ids}
    rows = db.session.execute(
        select(CardEvent).where(CardEvent.card_id.in_(card_ids)).order_by(CardEvent.sequence)
    ).scalars()
    for event in rows:
        events[event.card_id].append(event)
    return events


def events_with_officers(card_id: UUID) -> list[tuple[CardEvent, str | None]]:
    """What happened to a card with whoever did it, oldest first."""
    rows = db.session.execute(
        select(CardEvent, Account.display_name)
        .outerjoin(Account, Account.id == CardEvent.actor_account_id)
        .where(CardEvent.card_id == card_id)
        .order_by(CardEvent.sequence)
    )
    return [(event, name) for event, name in rows]


def holder_of(card: Card) -> tuple[Person, IdentityDocument | None]:
    """The person who holds a card and the document in use."""
    person, document = db.session.execute(
        select(Person, IdentityDocument)
        .outerjoin(
            IdentityDocument,
            and_(IdentityDocument.person_id == Person.id, IdentityDocument.is_primary),
        )
        .where(Person.id == card.person_id)
    ).one()
    return person, document


def cards_on_list(wanted: CardFilter, cursor: str | None, at: datetime) -> PageOf[Any]:
    """One page of the desk's list; two queries at most, one of them the search."""
    employer = aliased(Employer)
    statement = (
        select(Card, Person.name, employer.name)
        .join(Person, Person.id == Card.person_id)
        .outerjoin(employer, employer.id == Card.employer_id)
        .where(*_conditions(wanted, local_date(at)))
    )
    return keyset(db.session, statement, _order(wanted), cursor, PAGE_SIZE)


def _order(wanted: CardFilter) -> list[Key]:
    """Running cards by the nearest end, ended ones by the latest, all together by the newest."""
    if wanted.is_expiring or wanted.state in RUNNING_STATES:
        return [Key(Card.valid_until), Key(Card.id)]
    if wanted.state is not None:
        return [Key(Card.valid_until, descending=True), Key(Card.id, descending=True)]
    return [Key(Card.id, descending=True)]


def _conditions(wanted: CardFilter, today: date) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.is_expiring:
        soon = today + timedelta(days=EXPIRING_DAYS)
        conditions.append(in_state(CardState.ACTIVE, today))
        conditions.append(Card.valid_until <= soon)
    elif wanted.state is not None:
        conditions.append(in_state(wanted.state, today))
    if wanted.text:
        conditions.append(_matches(wanted.text))
    return conditions


def in_state(state: CardState, today: date) -> ColumnElement[bool]:
    """The same as `card_state_at`, for the database: the last day over means expired."""
    if state in RUNNING_STATES:
        return and_(Card.state == state, Card.valid_until >= today)
    if state is CardState.EXPIRED:
        overdue = and_(Card.state.in_(RUNNING_STATES), Card.valid_until < today)
        return or_(Card.state == state, overdue)
    return Card.state == state


def _matches(text: str) -> ColumnElement[bool]:
    """A card number, the reference of its case, a document number, else a name or pinyin."""
    try:
        reference = parse_reference(text)
    except InvalidReference:
        return Card.person_id.in_(search_person_ids(text))
    if reference.kind is ReferenceKind.CARD:
        return Card.number == reference.text
    if reference.kind is ReferenceKind.APPLICATION:
        return Card.application_id.in_(
            select(Application.id).where(Application.reference == reference.text)
        )
    return false()
