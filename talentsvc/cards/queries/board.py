"""The desk's lists of cases: by state and due date, filtered and searched, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, text
from sqlalchemy.orm import aliased

from talentsvc.accounts.models import Account
from talentsvc.cards.models import Application, Card
from talentsvc.cards.models.application import IN_WORK
from talentsvc.cards.terms import FINAL_STATES, ApplicationState
from talentsvc.core.names import query_tokens
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.core.references import InvalidReference, ReferenceKind, parse_reference
from talentsvc.employers.models import Employer
from talentsvc.employers.terms import Industry
from talentsvc.extensions.database import db
from talentsvc.people.models import Person
from talentsvc.people.queries import search_person_ids

PAGE_SIZE = 30
#: A count beyond this is shown as "999+": nobody plans a day by the exact number, and it stays cheap.
COUNT_CAP = 1000
#: How many employers a search looks at; more means: type more.
MATCH_CAP = 500

#: States in which the office has work, in the order of the work.
OFFICE_STATES = (
    ApplicationState.RECEIVED,
    ApplicationState.RESUBMITTED,
    ApplicationState.ACCEPTED,
    ApplicationState.SPECIAL_RECOGNITION,
    ApplicationState.RECOMMENDED,
    ApplicationState.OBJECTION_OPEN,
    ApplicationState.REVIEW_OPEN,
    ApplicationState.ISSUED,
)
#: Open states in which somebody else is waited for.
WAITING_STATES = (
    ApplicationState.AWAITING_ENDORSEMENT,
    ApplicationState.CORRECTION_REQUESTED,
    ApplicationState.PUBLIC_NOTICE,
)


@dataclass(frozen=True)
class BoardFilter:
    """What the list is narrowed to; the address of the page holds all of it."""

    state: ApplicationState | None = None
    industry: Industry | None = None
    assigned_to: UUID | None = None
    text: str = ""


@dataclass(frozen=True)
class BoardRow:
    """One line of the list."""

    application: Application
    person_name: str
    employer_name: str
    officer_name: str | None


def cases_on_board(wanted: BoardFilter, cursor: str | None) -> PageOf[Any]:
    """One page of cases, nearest due date first. One query without a search text, two or three with."""
    officer = aliased(Account)
    statement: Select[Any, Any, Any, Any] = (
        select(Application, Person.name, Employer.name, officer.display_name)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(Employer, Employer.id == Application.employer_id)
        .outerjoin(officer, officer.id == Application.assigned_to_account_id)
    )
    statement = _narrowed(statement, wanted)
    page = keyset(db.session, statement, _order(wanted), cursor, PAGE_SIZE)
    rows = tuple(BoardRow(row[0], row[1] or "", row[2] or "", row[3]) for row in page.items)
    return PageOf(rows, page.next_cursor, page.previous_cursor)


def _order(wanted: BoardFilter) -> list[Key]:
    closed = wanted.state in FINAL_STATES
    return [Key(Application.board_at, descending=closed), Key(Application.id, descending=closed)]


def _narrowed(statement: Select[Any], wanted: BoardFilter) -> Select[Any]:
    if wanted.state is not None:
        statement = statement.where(Application.state == wanted.state)
    elif not wanted.text:
        statement = statement.where(text(f"application.{IN_WORK}"))
    else:
        statement = statement.where(Application.state != ApplicationState.DRAFT)
    if wanted.industry is not None:
        statement = statement.where(Application.industry == wanted.industry)
    if wanted.assigned_to is not None:
        statement = statement.where(Application.assigned_to_account_id == wanted.assigned_to)
    return statement.where(_matches(wanted.text)) if wanted.text else statement


def _matches(text: str) -> Any:
    """What a search text may be: a reference, a document number, else a name in characters or pinyin."""
    try:
        reference = parse_reference(text)
    except InvalidReference:
        return or_(
            Application.person_id.in_(search_person_ids(text)),
            Application.employer_id.in_(_employers(text)),
        )
    if reference.kind is ReferenceKind.CARD:
        return Application.id.in_(select(Card.application_id).where(Card.number == reference.text))
    return Application.reference == reference.text


def _employers(text: str) -> list[UUID]:
    terms = query_tokens(text)
    if not terms:
        return []
    statement = select(Employer.id).where(
        or_(
            _tokens_match(Employer.name_tokens, terms), Employer.credit_code == text.strip().upper()
        )
    )
    return list(db.session.execute(statement.limit(MATCH_CAP)).scalars())


def _tokens_match(column: Any, terms: list[str]) -> Any:
    query = func.to_tsquery("simple", " & ".join(terms))
    return func.to_tsvector("simple", column).op("@@")(query)


def counts_by_state(states: tuple[ApplicationState, ...]) -> dict[ApplicationState, int]:
    """How many cases stand in each state, each count capped. One query."""
    parts = [
        select(
            func.count().label("cases"),
        )
        .select_from(
            select(Application.id).where(Application.state == state).limit(COUNT_CAP).subquery()
        )
        .scalar_subquery()
        .label(state.value)
        for state in states
    ]
    row = db.session.execute(select(*parts)).one()
    return dict(zip(states, row, strict=True))


def count_text(count: int) -> str:
    """A capped count for people."""
    return f"{COUNT_CAP - 1}+" if count >= COUNT_CAP else str(count)
