"""The record cannot be rewritten unseen (G10): change, delete, insert or reorder, and it is named."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from flask import Flask
from sqlalchemy import delete, select, text
from sqlalchemy.exc import ProgrammingError

from talentsvc.access.actor import SYSTEM
from talentsvc.audit.actions.record import record
from talentsvc.audit.actions.seal import publish_seal, seal_audit
from talentsvc.audit.entries import GENESIS, entry_hash
from talentsvc.audit.models import AuditEntry, AuditSalt
from talentsvc.audit.terms import SealPeriod, SubjectKind
from talentsvc.audit.verify import verify_audit
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work


def write(subject: UUID, action: str, **personal: str) -> None:
    """One entry in the stream of a subject."""
    with unit_of_work():
        record(
            SubjectKind.APPLICATION,
            subject,
            action,
            actor=SYSTEM,
            at=now(),
            before={"state": "one"},
            after={"state": "two"},
            personal=personal or None,
            person_id=subject if personal else None,
        )


def seal(folder: Path) -> None:
    """A daily seal, also outside the database."""
    with unit_of_work():
        made = seal_audit(SealPeriod.DAILY, at=now())
        assert made is not None
        publish_seal(made, folder)


def findings(folder: Path) -> list[str]:
    """What the verifier names."""
    db.session.rollback()
    return [f"{finding.place}: {finding.problem}" for finding in verify_audit(folder)]


@pytest.fixture
def stream(app: Flask, tmp_path: Path) -> Iterator[UUID]:
    """A stream of four entries under a seal, and another stream beside it."""
    with app.app_context():
        subject = uuid4()
        for action in ("begin", "submit", "accept", "approve"):
            write(subject, action)
        write(uuid4(), "begin")
        seal(tmp_path)
        assert findings(tmp_path) == []
        yield subject


@contextmanager
def unguarded(owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The owner with the trigger switched off: the worst that rights alone would allow."""
    owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE audit_seal_head DISABLE TRIGGER USER")
    try:
        yield owner
    finally:
        owner.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")
        owner.execute("ALTER TABLE audit_seal ENABLE TRIGGER USER")
        owner.execute("ALTER TABLE audit_seal_head ENABLE TRIGGER USER")


def entry_of(subject: UUID, sequence: int) -> UUID:
    """The id of an entry."""
    found: UUID = db.session.execute(
        text(
            "SELECT e.id FROM audit_entry e JOIN audit_stream s ON s.id = e.stream_id"
            " WHERE s.subject_id = :subject AND e.sequence = :sequence"
        ),
        {"subject": subject, "sequence": sequence},
    ).scalar_one()
    db.session.rollback()
    return found


TAMPERING: dict[str, Callable[[psycopg.Connection, UUID, UUID], object]] = {
    "an action changed": lambda owner, second, _: owner.execute(
        "UPDATE audit_entry SET action = 'reject' WHERE id = %s", (second,)
    ),
    "a time changed": lambda owner, second, _: owner.execute(
        "UPDATE audit_entry SET at = at - interval '1 day' WHERE id = %s", (second,)
    ),
    "an actor changed": lambda owner, second, _: owner.execute(
        "UPDATE audit_entry SET actor_person_id = gen_random_uuid() WHERE id = %s", (second,)
    ),
    "an entry deleted": lambda owner, second, _: owner.execute(
        "DELETE FROM audit_entry WHERE id = %s", (second,)
    ),
    "the last entry deleted": lambda owner, _, last: owner.execute(
        "DELETE FROM audit_entry WHERE id = %s", (last,)
    ),
    "an entry inserted": lambda owner, second, _: owner.execute(
        "INSERT INTO audit_entry SELECT gen_random_uuid(), stream_id, 5, at, actor_account_id, actor_person_id,"
        " acting_as, on_behalf_of, action, change, commitments, request_reference, previous_hash, hash"
        " FROM audit_entry WHERE id = %s",
        (second,),
    ),
    "two entries in another order": lambda owner, second, last: (
        owner.execute("UPDATE audit_entry SET sequence = 99 WHERE id = %s", (second,)),
        owner.execute("UPDATE audit_entry SET sequence = 2 WHERE id = %s", (last,)),
        owner.execute("UPDATE audit_entry SET sequence = 4 WHERE id = %s", (second,)),
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_whatever_is_done_to_a_sealed_entry_is_named(
    stream: UUID, tmp_path: Path, owner_connection: psycopg.Connection, what: str
) -> None:
    second, last = entry_of(stream, 2), entry_of(stream, 4)
    with unguarded(owner_connection):
        TAMPERING[what](owner_connection, second, last)

    named = findings(tmp_path)

    assert named
    assert named[0].startswith("stream ")


def test_a_whole_stream_that_vanished_is_named_by_its_seal(
    stream: UUID, tmp_path: Path, owner_connection: psycopg.Connection
) -> None:
    with unguarded(owner_connection):
        owner_connection.execute(
            "DELETE FROM audit_entry USING audit_stream s WHERE s.id = stream_id AND s.subject_id = %s",
            (stream,),
        )
        owner_connection.execute("DELETE FROM audit_stream WHERE subject_id = %s", (stream,))

    assert any("was changed or removed" in line for line in findings(tmp_path))


def test_a_chain_rehashed_from_end_to_end_is_named_by_its_seal(
    stream: UUID, tmp_path: Path, owner_connection: psycopg.Connection
) -> None:
    """Whoever owns the database can make a chain that fits in itself; the signed root does not follow."""
    entries = [db.session.get_one(AuditEntry, entry_of(stream, number)) for number in range(1, 5)]
    previous, rewritten = GENESIS, []
    for entry in entries:
        if entry.sequence == 2:
            entry.action = "reject"
        entry.previous_hash = previous
        entry.hash = previous = entry_hash(entry)
        rewritten.append((entry.action, entry.previous_hash, entry.hash, entry.id))
    db.session.rollback()
    with unguarded(owner_connection):
        for row in rewritten:
            owner_connection.execute(
                "UPDATE audit_entry SET action = %s, previous_hash = %s, hash = %s WHERE id = %s",
                row,
            )
        owner_connection.execute(
            "UPDATE audit_stream SET head_hash = %s WHERE subject_id = %s", (previous, stream)
        )

    named = findings(tmp_path)

    assert [line for line in named if line.startswith("seal 1: stream")]


def test_seals_cut_off_the_end_are_missed_by_what_was_published(
    stream: UUID, tmp_path: Path, owner_connection: psycopg.Connection
) -> None:
    write(stream, "issue")
    seal(tmp_path)
    with unguarded(owner_connection):
        owner_connection.execute("DELETE FROM audit_seal_head WHERE seal_number = 2")
        owner_connection.execute("DELETE FROM audit_seal WHERE number = 2")

    assert "seal 2: was published as seal-00000002.json and is gone" in findings(tmp_path)


def test_a_forged_seal_does_not_match_its_signature(
    stream: UUID, tmp_path: Path, owner_connection: psycopg.Connection
) -> None:
    with unguarded(owner_connection):
        owner_connection.execute("UPDATE audit_seal SET root = sha256('forged')")

    named = findings(tmp_path)

    assert "seal 1: signature does not match" in named
    assert any("published" in line for line in named)


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_seal_head", "access_log"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_application_may_only_read_and_add(app: Flask, table: str, statement: str) -> None:
    column = {"audit_seal": "number", "audit_seal_head": "sequence"}.get(table, "id")
    with app.app_context(), pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(text(statement.format(table, column, column)))


def test_not_even_the_owner_changes_an_entry_by_accident(
    stream: UUID, owner_connection: psycopg.Connection
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        owner_connection.execute("UPDATE audit_entry SET action = 'reject'")


def test_an_erased_person_leaves_the_chain_whole(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        person = uuid4()
        write(person, "record", name="欧阳䶮", document_number="130104199001011234")
        seal(tmp_path)
        kept = db.session.execute(select(AuditEntry.commitments)).scalar_one()
        assert set(kept) == {"name", "document_number"}
        assert "欧阳" not in str(kept)

        with unit_of_work():
            db.session.execute(delete(AuditSalt).where(AuditSalt.person_id == person))

        assert findings(tmp_path) == []


def test_many_writers_of_one_stream_keep_one_chain(app: Flask, tmp_path: Path) -> None:
    subject = uuid4()

    def writer() -> None:
        with app.app_context():
            for _ in range(5):
                write(subject, "note")

    threads = [threading.Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        seal(tmp_path)
        sequences = (
            db.session.execute(select(AuditEntry.sequence).order_by(AuditEntry.sequence))
            .scalars()
            .all()
        )
        assert sequences == list(range(1, 21))
        assert findings(tmp_path) == []


def test_nothing_moved_means_no_new_hourly_seal(stream: UUID) -> None:
    with unit_of_work():
        assert seal_audit(SealPeriod.HOURLY, at=now()) is None
