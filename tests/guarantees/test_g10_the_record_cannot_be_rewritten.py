"""G10: the record cannot be rewritten unseen.

The attacker here owns the tables, has switched the triggers off, and knows how the hashes are made;
what he lacks are the keys and the published files. Each change is undone before the next.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import func, select

from deploy.local.postgres import APP, OWNER
from talentsvc.access.actor import SYSTEM
from talentsvc.audit.actions.record import record
from talentsvc.audit.actions.seal import publish_seal, seal_audit, seal_message
from talentsvc.audit.models import AuditEntry, AuditSalt, AuditSeal, AuditStream
from talentsvc.audit.terms import SealPeriod, SubjectKind
from talentsvc.audit.verify import verify_audit
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import now
from talentsvc.core.crypto import KeyRing, commit_value
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people.models import IdentityDocument
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios.attacks import ATTACKS, Change, Record

SEALED = ("audit_stream", "audit_entry", "audit_seal", "audit_seal_head")
APPEND_ONLY = ("audit_entry", "audit_seal", "audit_seal_head", "access_log")


@pytest.fixture(scope="module")
def sealed(ground: Ground) -> Iterator[Record]:
    """The record, sealed; whatever a test changes is put back by `attacker`."""
    found = Record(ground)
    found.folder.mkdir()
    with ground.app.app_context():
        for hours, period in enumerate((SealPeriod.HOURLY, SealPeriod.DAILY, SealPeriod.DAILY)):
            with unit_of_work():
                at = now() + timedelta(hours=hours)
                record(SubjectKind.SYSTEM, uuid4(), f"before_seal_{hours}", actor=SYSTEM, at=at)
            with unit_of_work():
                seal = seal_audit(period, at=at)
                assert seal is not None
                if period is SealPeriod.DAILY:
                    publish_seal(seal, found.folder)
    with ground.servers.cluster.connect(ground.database) as superuser:
        for table in SEALED:
            superuser.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
        yield found
        for table in SEALED:
            superuser.execute(f"DROP TABLE kept_{table}")


@pytest.fixture
def attacker(sealed: Record) -> Iterator[psycopg.Connection]:
    """The owner of the tables with the triggers switched off; afterwards everything is as it was."""
    ground = sealed.ground
    with ground.servers.cluster.connect(ground.database, OWNER) as owner:
        for table in APPEND_ONLY:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield owner
        for table in APPEND_ONLY:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with ground.servers.cluster.connect(ground.database) as superuser:
        superuser.execute("SET session_replication_role = replica")
        for table in SEALED:
            superuser.execute(f"DELETE FROM {table}")
            superuser.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


def test_an_honest_record_is_whole(sealed: Record) -> None:
    assert sealed.verify() == (0, ["the record is whole"])


# -- single rows ----------------------------------------------------------------------------------

#: A change of each column that an entry's content consists of.
COLUMNS = {
    "at": "at + interval '1 second'",
    "actor_account_id": "gen_random_uuid()",
    "actor_person_id": "gen_random_uuid()",
    "acting_as": "'clerk2'",
    "on_behalf_of": "gen_random_uuid()",
    "action": "'never_happened'",
    "change": """'{"before": {}, "after": {"state": "issued"}}'""",
    "commitments": """'{"name": "00"}'""",
    "request_reference": "'ffffffffffff'",
    "previous_hash": "sha256('x')",
    "hash": "sha256('x')",
}


def test_every_column_of_an_entry_is_among_the_changes() -> None:
    others = {"id", "stream_id", "sequence"}
    assert {column.name for column in AuditEntry.__table__.columns} == COLUMNS.keys() | others


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_a_changed_column_of_a_sealed_entry_is_named(
    column: str, sealed: Record, attacker: psycopg.Connection
) -> None:
    stream_id = sealed.long_stream()
    attacker.execute(
        f"UPDATE audit_entry SET {column} = {COLUMNS[column]}"
        " WHERE stream_id = %s AND sequence = 3",
        [stream_id],
    )
    code, lines = sealed.verify()
    assert code == 1
    assert lines[0].startswith(f"stream {stream_id} entry 3: ")


# -- whole attacks --------------------------------------------------------------------------------


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_is_seen_and_its_first_trace_is_named(
    attack: Change, sealed: Record, attacker: psycopg.Connection
) -> None:
    expected = attack(attacker, sealed)
    code, lines = sealed.verify()
    assert code == 1
    assert lines[0] == expected


def test_a_seal_made_with_other_keys_is_no_seal(
    sealed: Record, attacker: psycopg.Connection
) -> None:
    """Everything rewritten and sealed anew, with a key of his own: the signature tells, and the file."""
    with sealed.app.app_context():
        seal = db.session.execute(select(AuditSeal).where(AuditSeal.number == 3)).scalar_one()
        forged = KeyRing.generate().sign(seal_message(seal))
    attacker.execute("UPDATE audit_seal SET signature = %s WHERE number = 3", [forged])
    _code, lines = sealed.verify()
    assert lines == [
        "seal 3: signature does not match",
        "seal 3: differs from the published seal-00000003.json",
    ]


def test_a_published_file_that_was_changed_is_named(sealed: Record) -> None:
    path = sealed.folder / "seal-00000002.json"
    kept = path.read_text()
    path.write_text(json.dumps({**json.loads(kept), "root": "00" * 32}))
    try:
        assert sealed.verify() == (1, ["seal 2: differs from the published seal-00000002.json"])
    finally:
        path.write_text(kept)


# -- rights ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_serving_role_may_only_read_and_add(statement: str, table: str, ground: Ground) -> None:
    column = "number" if table == "audit_seal" else "at" if table == "access_log" else "sequence"
    column = "sequence" if table in ("audit_entry", "audit_seal_head") else column
    with (
        ground.servers.cluster.connect(ground.database, APP) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.format(table, column, column))


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_seal_head"])
def test_not_even_the_owner_changes_a_row_by_accident(
    table: str, sealed: Record, ground: Ground
) -> None:
    with ground.servers.cluster.connect(ground.database, OWNER) as owner:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET hash = hash"):
            if table == "audit_seal":
                statement = statement.replace("hash = hash", "root = root")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
                owner.execute(statement)
    assert sealed.verify()[0] == 0


# -- erasing a person, and working on it together -------------------------------------------------


def test_an_erased_person_leaves_the_record_whole_and_unreadable(
    sealed: Record, ground: Ground
) -> None:
    with ground.app.app_context():
        entry = db.session.execute(
            select(AuditEntry).where(AuditEntry.commitments.has_key("document_number")).limit(1)
        ).scalar_one()
        stream = db.session.get_one(AuditStream, entry.stream_id)
        salt = db.session.get_one(AuditSalt, stream.subject_id).salt
        number = _number_of(stream.subject_id)
        commitment = entry.commitments["document_number"]
        # While the salt is there, the record proves what stood in it.
        assert commit_value(salt, number).hex() == commitment
        with unit_of_work():
            db.session.delete(db.session.get_one(AuditSalt, stream.subject_id))
        assert db.session.get(AuditSalt, stream.subject_id) is None
    assert sealed.verify() == (0, ["the record is whole"])


def _number_of(person_id: UUID) -> str:
    statement = select(IdentityDocument).where(IdentityDocument.person_id == person_id)
    return str(db.session.execute(statement).scalar_one().number)


def test_writers_of_one_stream_at_once_keep_its_chain(sealed: Record, ground: Ground) -> None:
    """The head is locked last: each of them waits for the other, and none is lost or doubled."""
    subject, writers, each = uuid4(), 6, 5
    barrier = Barrier(writers)

    def write(writer: int) -> None:
        barrier.wait()
        for number in range(each):
            with ground.app.app_context(), unit_of_work():
                at = now()
                record(
                    SubjectKind.SYSTEM,
                    subject,
                    "write",
                    actor=SYSTEM,
                    at=at,
                    after={"writer": writer, "number": number},
                )

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    with ground.app.app_context():
        stream = db.session.execute(
            select(AuditStream).where(AuditStream.subject_id == subject)
        ).scalar_one()
        count = db.session.execute(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.stream_id == stream.id)
        ).scalar_one()
        assert (stream.head_sequence, count) == (writers * each, writers * each)
        findings: list[Any] = list(verify_audit(sealed.folder))
        assert findings == []


def test_two_streams_locked_by_two_actions_at_once_do_not_wait_for_each_other_forever(
    sealed: Record, ground: Ground
) -> None:
    """Heads are locked in one order, whatever the order of the entries."""
    subjects = [uuid4(), uuid4()]
    barrier = Barrier(2)

    def write(order: list[UUID]) -> None:
        for _round in range(8):
            with ground.app.app_context(), unit_of_work():
                for subject in order:
                    record(SubjectKind.SYSTEM, subject, "write", actor=SYSTEM, at=now())
                barrier.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, [subjects, subjects[::-1]]))
    with ground.app.app_context():
        heads = db.session.execute(
            select(AuditStream.head_sequence).where(AuditStream.subject_id.in_(subjects))
        ).scalars()
        assert list(heads) == [16, 16]
        assert list(verify_audit(sealed.folder)) == []


def test_the_clock_s_own_steps_are_chained_too(sealed: Record, ground: Ground) -> None:
    case = ground.case(ApplicationState.PUBLIC_NOTICE)
    with ground.app.app_context():
        with unit_of_work():
            open_case(case.id, at=now() + timedelta(days=30))
        assert list(verify_audit(sealed.folder)) == []
        newest = db.session.execute(
            select(AuditEntry)
            .join(AuditStream, AuditStream.id == AuditEntry.stream_id)
            .where(AuditStream.subject_id == case.id)
            .order_by(AuditEntry.sequence.desc())
            .limit(1)
        ).scalar_one()
        assert (newest.action, newest.acting_as, newest.actor_person_id) == ("issue", "clock", None)
