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
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import end_of_day, local_date, now
from talentsvc.core.ids import uuid7
from talentsvc.core.masking import mask_number
from talentsvc.core.names import name_tokens, sort_key
from talentsvc.core.references import ReferenceKind, format_reference
from talentsvc.demo.invented import InventedPerson, people
from talentsvc.demo.world import World, make_account
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import blind_index, db, keyring
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people.terms import DOCUMENT_INDEX
from talentsvc.policy.models import StoredRuleSet
from talentsvc.policy.terms import RuleSetStatus

BATCH = 5000
BULK_ADDRESS = "bulk@demo.example"
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

#: The step that led to each state, and the state before; with the beginning it is all the history there is.
LAST_STEPS = {
    "delivered": ("hand_over", "issued"),
    "rejected": ("reject", "recommended"),
    "withdrawn": ("withdraw", "received"),
    "lapsed": ("lapse", "correction_requested"),
    "awaiting_endorsement": ("submit", "draft"),
    "received": ("endorse", "awaiting_endorsement"),
    "correction_requested": ("request_correction", "received"),
    "accepted": ("accept", "received"),
    "recommended": ("recommend", "accepted"),
    "public_notice": ("approve", "recommended"),
}
EVENT_COLUMNS = (
    "id",
    "application_id",
    "sequence",
    "action",
    "from_state",
    "to_state",
    "acting_as",
    "at",
    "recorded_at",
    "data",
)


@dataclass(frozen=True)
class Ground:
    """What the bulk stands on: rules, employers and the account that everything is filed under."""

    rule_set_id: UUID
    account_id: UUID
    employers: list[Employer]


def add_people(count: int) -> int:
    """Add people with a document and a case each. Returns how many; needs the demonstration's ground.

    The rows are for reading at size: the clock leaves them alone (`clock_at` is empty), so `talentsvc
    doctor` stays quiet, and only beginning and last step of each case are there.
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
    with unit_of_work():
        account_id = _bulk_account().id
    employers = list(db.session.execute(select(Employer).order_by(Employer.id)).scalars())
    db.session.rollback()
    return Ground(rule_set_id, account_id, employers)


def _bulk_account() -> Account:
    """The account under which all of it is filed; nobody signs in with it."""
    address = parse_identifier(BULK_ADDRESS)
    return find_account(address) or make_account(World(), "bulk", "批量示例", now())


def _copy_batch(
    ground: Ground, source: Iterator[InventedPerson], random: Random, size: int
) -> None:
    with db.engine.connect() as pooled:
        connection = cast("psycopg.Connection[Any]", pooled.connection.driver_connection)
        with connection.transaction(), connection.cursor() as cursor:
            invented = [(uuid7(), who) for who in _new_people(cursor, source, size)]
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
            rows = [
                _application(ground, random, key, number)
                for (key, _), number in zip(invented, numbers, strict=True)
            ]
            _copy(cursor, "application", APPLICATION_COLUMNS, iter(rows))
            _copy(cursor, "case_event", EVENT_COLUMNS, _events(rows))


def _new_people(cursor: Any, source: Iterator[InventedPerson], size: int) -> list[InventedPerson]:
    """Invented people whose numbers nobody here has yet, also after an earlier run."""
    chosen: list[InventedPerson] = []
    while len(chosen) < size:
        drawn = [next(source) for _ in range(size - len(chosen))]
        indexes = {blind_index(DOCUMENT_INDEX, who.number): who for who in drawn}
        cursor.execute(
            "SELECT number_index FROM identity_document WHERE number_index = ANY(%s)",
            (list(indexes),),
        )
        for (taken,) in cursor.fetchall():
            indexes.pop(bytes(taken))
        chosen.extend(indexes.values())
    return chosen


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


def _events(applications: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Beginning and last step of each case, so that its page can be opened."""
    places = {name: position for position, name in enumerate(APPLICATION_COLUMNS)}
    for row in applications:
        application_id, state = row[places["id"]], row[places["state"]]
        filed_at, last_at = row[places["filed_at"]], row[places["updated_at"]]
        action, before = LAST_STEPS[state]
        yield (
            uuid7(),
            application_id,
            1,
            "start",
            None,
            "draft",
            "applicant",
            filed_at,
            filed_at,
            "{}",
        )
        yield uuid7(), application_id, 2, action, before, state, "system", last_at, last_at, "{}"
