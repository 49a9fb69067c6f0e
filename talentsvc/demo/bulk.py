"""Many people and cases at once by COPY: for lists and benchmarks at the size of a city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

import psycopg
from sqlalchemy import select

from talentsvc.accounts.models import Account
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import end_of_day, local_date, now
from talentsvc.core.ids import uuid7
from talentsvc.core.masking import mask_number
from talentsvc.core.names import name_tokens, sort_key
from talentsvc.core.references import ReferenceKind, format_reference
from talentsvc.demo.invented import InventedPerson, people
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import blind_index, db, keyring
from talentsvc.people.terms import DOCUMENT_INDEX
from talentsvc.policy.models import StoredRuleSet
from talentsvc.policy.terms import RuleSetStatus

BATCH = 5000
#: Where cases of a running office stand: most are over, some hundreds in a thousand are open.
STATES = (
    (ApplicationState.DELIVERED, 78),
    (ApplicationState.REJECTED, 6),
    (ApplicationState.WITHDRAWN, 3),
    (ApplicationState.LAPSED, 3),
    (ApplicationState.AWAITING_ENDORSEMENT, 2),
    (ApplicationState.RECEIVED, 2),
    (ApplicationState.CORRECTION_REQUESTED, 1),
    (ApplicationState.ACCEPTED, 2),
    (ApplicationState.RECOMMENDED, 1),
    (ApplicationState.PUBLIC_NOTICE, 2),
)
CLOSED = frozenset({"delivered", "rejected", "withdrawn", "lapsed"})
DUE_KINDS = {
    "awaiting_endorsement": "endorsement",
    "received": "intake",
    "correction_requested": "correction",
    "accepted": "recommendation",
    "recommended": "decision",
    "public_notice": "notice",
}

PERSON_COLUMNS = (
    "id",
    "name",
    "name_tokens",
    "sort_key",
    "sex",
    "birth_on",
    "nationality",
    "created_at",
    "updated_at",
)
DOCUMENT_COLUMNS = (
    "id",
    "person_id",
    "kind",
    "issued_by",
    "number_sealed",
    "number_index",
    "number_masked",
    "is_primary",
    "created_at",
)
APPLICATION_COLUMNS = (
    "id",
    "reference",
    "kind",
    "tier",
    "category_code",
    "rule_set_id",
    "account_id",
    "person_id",
    "employer_id",
    "industry",
    "park",
    "state",
    "version",
    "due_at",
    "due_on",
    "due_kind",
    "is_due_provisional",
    "board_at",
    "filed_at",
    "received_on",
    "accepted_on",
    "closed_at",
    "created_at",
    "updated_at",
)


@dataclass(frozen=True)
class Ground:
    """What the bulk stands on: rules, employers and the account that everything is filed under."""

    rule_set_id: UUID
    account_id: UUID
    employers: list[Employer]


def add_people(count: int) -> int:
    """Add people with a document and a case each. Returns how many; needs the demonstration's ground.

    The rows are for reading at size: they have no events, so the clock leaves them alone (`clock_at`
    is empty) and `talentsvc doctor` stays quiet.
    """
    random = Random(count)  # noqa: S311 - the same data for the same count
    ground = _ground()
    source = people(random)
    for start in range(0, count, BATCH):
        _copy_batch(ground, source, random, min(BATCH, count - start))
    return count


def _ground() -> Ground:
    rule_set_id = db.session.execute(
        select(StoredRuleSet.id).where(StoredRuleSet.status == RuleSetStatus.ACTIVE)
    ).scalar_one()
    account_id = db.session.execute(
        select(Account.id).order_by(Account.created_at).limit(1)
    ).scalar_one()
    employers = list(db.session.execute(select(Employer).order_by(Employer.id)).scalars())
    db.session.rollback()
    return Ground(rule_set_id, account_id, employers)


def _copy_batch(
    ground: Ground, source: Iterator[InventedPerson], random: Random, size: int
) -> None:
    invented = [(uuid7(), next(source)) for _ in range(size)]
    with db.engine.connect() as pooled:
        connection = cast("psycopg.Connection[Any]", pooled.connection.driver_connection)
        with connection.cursor() as cursor:
            _copy(cursor, "person", PERSON_COLUMNS, (_person(key, who) for key, who in invented))
            _copy(
                cursor,
                "identity_document",
                DOCUMENT_COLUMNS,
                (_document(key, who) for key, who in invented),
            )
            cursor.execute(
                "SELECT nextval('application_number') FROM generate_series(1, %s)", (size,)
            )
            numbers = [int(row[0]) for row in cursor.fetchall()]
            rows = (
                _application(ground, random, key, number)
                for (key, _), number in zip(invented, numbers, strict=True)
            )
            _copy(cursor, "application", APPLICATION_COLUMNS, rows)
        connection.commit()


def _copy(
    cursor: Any, table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]
) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _person(key: UUID, who: InventedPerson) -> tuple[Any, ...]:
    at = now()
    sex = "male" if int(who.number[16]) % 2 else "female"
    return key, who.name, name_tokens(who.name), sort_key(who.name), sex, who.birth_on, "CN", at, at


def _document(person_id: UUID, who: InventedPerson) -> tuple[Any, ...]:
    key = uuid7()
    sealed = keyring().seal(who.number.encode(), f"identity_document.number_sealed:{key}")
    index = blind_index(DOCUMENT_INDEX, who.number)
    return key, person_id, "resident_id", "CN", sealed, index, mask_number(who.number), True, now()


def _application(ground: Ground, random: Random, person_id: UUID, number: int) -> tuple[Any, ...]:
    states, weights = zip(*STATES, strict=True)
    state = random.choices(states, weights)[0].value
    employer = random.choice(ground.employers)
    is_closed = state in CLOSED
    filed_at = now() - timedelta(
        days=random.randrange(40, 900) if is_closed else random.randrange(1, 15)
    )
    due_on = None if is_closed else local_date(now()) + timedelta(days=random.randrange(1, 25))
    due_at = end_of_day(due_on) if due_on else None
    closed_at = filed_at + timedelta(days=25) if is_closed else None
    board_at: datetime = due_at or closed_at or datetime.now(UTC)
    return (
        uuid7(),
        format_reference(ReferenceKind.APPLICATION, filed_at.year, number),
        "new",
        "C",
        "full_time_bachelor",
        ground.rule_set_id,
        ground.account_id,
        person_id,
        employer.id,
        employer.industry.value,
        employer.park.value,
        state,
        1,
        due_at,
        due_on,
        DUE_KINDS.get(state),
        False,
        board_at,
        filed_at,
        local_date(filed_at),
        local_date(filed_at),
        closed_at,
        filed_at,
        closed_at or filed_at,
    )
