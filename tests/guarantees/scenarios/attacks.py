"""Ways to rewrite the record, each with the first trace that it leaves.

Whoever tries owns the tables, has switched the triggers off, and knows how the hashes are made.
"""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import psycopg
from flask import Flask
from sqlalchemy import select

from talentsvc.audit.entries import entry_hash
from talentsvc.audit.models import AuditEntry, AuditStream
from talentsvc.extensions.database import db
from tests.guarantees.commands import command
from tests.guarantees.ground import Ground


class Record:
    """The record of the ground, sealed three times, the last two seals published."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.app: Flask = ground.app
        self.folder: Path = ground.folder / "seals"

    @property
    def environment(self) -> dict[str, str]:
        """The settings for a command on this database."""
        settings = self.app.config["SETTINGS"]
        return {
            "TALENTSVC_ENV": "test",
            "TALENTSVC_DATABASE_URL": settings.database_url,
            "TALENTSVC_REDIS_URL": settings.redis_url,
            "TALENTSVC_VAR": str(settings.var_dir),
            "TALENTSVC_PUBLIC_BASE_URL": settings.public_base_url,
            "TALENTSVC_KEYRING_FILE": str(settings.keyring_file),
            "TALENTSVC_SECRET_KEY_FILE": str(self.ground.servers.folder / "secret_key"),
        }

    def verify(self) -> tuple[int, list[str]]:
        """What `talentsvc audit verify` answers: its exit code and its lines."""
        code, said = command(self.environment, "audit", "verify")
        return code, said.splitlines()

    def entries_of(self, stream_id: UUID) -> list[AuditEntry]:
        """The entries of a stream, in order."""
        with self.app.app_context():
            found = db.session.execute(
                select(AuditEntry)
                .where(AuditEntry.stream_id == stream_id)
                .order_by(AuditEntry.sequence)
            )
            entries = list(found.scalars())
            db.session.expunge_all()
            return entries

    def long_stream(self) -> UUID:
        """A stream with several entries: the first of its length by id, so that it is always the same."""
        with self.app.app_context():
            return db.session.execute(
                select(AuditStream.id)
                .where(AuditStream.head_sequence >= 6)
                .order_by(AuditStream.id)
                .limit(1)
            ).scalar_one()


Change = Callable[[psycopg.Connection, Record], str]


def delete_the_first(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    attacker.execute("DELETE FROM audit_entry WHERE stream_id = %s AND sequence = 1", [stream_id])
    return f"stream {stream_id} entry 2: entry 1 is missing"


def delete_one_in_the_middle(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    attacker.execute("DELETE FROM audit_entry WHERE stream_id = %s AND sequence = 4", [stream_id])
    return f"stream {stream_id} entry 5: entry 4 is missing"


def delete_the_last(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    _cut(attacker, stream_id, len(sealed.entries_of(stream_id)))
    return f"stream {stream_id}: head does not match its last entry"


def _cut(attacker: psycopg.Connection, stream_id: UUID, first: int) -> None:
    attacker.execute(
        "DELETE FROM audit_entry WHERE stream_id = %s AND sequence >= %s", [stream_id, first]
    )


def cut_the_end_off_and_set_the_head_back(attacker: psycopg.Connection, sealed: Record) -> str:
    """The chain is whole again; only the seals know that there was more."""
    stream_id = sealed.long_stream()
    entries = sealed.entries_of(stream_id)
    _cut(attacker, stream_id, 4)
    attacker.execute(
        "UPDATE audit_stream SET head_sequence = 3, head_hash = %s WHERE id = %s",
        [entries[2].hash, stream_id],
    )
    return f"seal 1: stream {stream_id} entry {len(entries)} was changed or removed"


def delete_a_whole_stream(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    length = len(sealed.entries_of(stream_id))
    _cut(attacker, stream_id, 1)
    attacker.execute("DELETE FROM audit_stream WHERE id = %s", [stream_id])
    return f"seal 1: stream {stream_id} entry {length} was changed or removed"


def change_one_and_make_all_hashes_anew(attacker: psycopg.Connection, sealed: Record) -> str:
    """Rewritten as if it had always been so, head included."""
    stream_id = sealed.long_stream()
    entries = sealed.entries_of(stream_id)
    entries[2].action = "never_happened"
    _write_chain(attacker, stream_id, entries)
    return f"seal 1: stream {stream_id} entry {len(entries)} was changed or removed"


def insert_one_and_make_all_hashes_anew(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    entries = sealed.entries_of(stream_id)
    attacker.execute(
        "INSERT INTO audit_entry SELECT gen_random_uuid(), stream_id, 1000, at, actor_account_id,"
        " actor_person_id, acting_as, on_behalf_of, 'never_happened', change, commitments,"
        " request_reference, previous_hash, hash FROM audit_entry"
        " WHERE stream_id = %s AND sequence = 2",
        [stream_id],
    )
    inserted = sealed.entries_of(stream_id)[-1]
    _write_chain(attacker, stream_id, [*entries[:2], inserted, *entries[2:]])
    return f"seal 1: stream {stream_id} entry {len(entries)} was changed or removed"


def swap_two_and_make_all_hashes_anew(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    entries = sealed.entries_of(stream_id)
    entries[1], entries[2] = entries[2], entries[1]
    _write_chain(attacker, stream_id, entries)
    return f"seal 1: stream {stream_id} entry {len(entries)} was changed or removed"


def swap_two(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    for former, later in ((2, 1000), (3, 2), (1000, 3)):
        attacker.execute(
            "UPDATE audit_entry SET sequence = %s WHERE stream_id = %s AND sequence = %s",
            [later, stream_id, former],
        )
    return f"stream {stream_id} entry 2: does not follow the entry before it"


def insert_one_at_the_end(attacker: psycopg.Connection, sealed: Record) -> str:
    """Appended without the head: the head tells."""
    stream_id = sealed.long_stream()
    length = len(sealed.entries_of(stream_id))
    attacker.execute(
        "INSERT INTO audit_entry SELECT gen_random_uuid(), stream_id, sequence + 1, at,"
        " actor_account_id, actor_person_id, acting_as, on_behalf_of, 'never_happened', change,"
        " commitments, request_reference, hash, hash FROM audit_entry"
        " WHERE stream_id = %s AND sequence = %s",
        [stream_id, length],
    )
    return f"stream {stream_id} entry {length + 1}: content does not match its hash"


def _write_chain(attacker: psycopg.Connection, stream_id: UUID, entries: list[AuditEntry]) -> None:
    """Number entries from 1, hash them one after the other, and set the head: what the product does."""
    attacker.execute(
        "UPDATE audit_entry SET sequence = sequence + 5000 WHERE stream_id = %s", [stream_id]
    )
    previous = bytes(32)
    for sequence, entry in enumerate(entries, start=1):
        entry.sequence, entry.previous_hash = sequence, previous
        entry.hash = previous = entry_hash(entry)
        attacker.execute(
            "UPDATE audit_entry SET sequence = %s, previous_hash = %s, hash = %s, action = %s"
            " WHERE id = %s",
            [sequence, entry.previous_hash, entry.hash, entry.action, entry.id],
        )
    attacker.execute(
        "UPDATE audit_stream SET head_sequence = %s, head_hash = %s WHERE id = %s",
        [len(entries), previous, stream_id],
    )


def change_a_root(attacker: psycopg.Connection, _sealed: Record) -> str:
    attacker.execute("UPDATE audit_seal SET root = sha256('x') WHERE number = 2")
    return "seal 2: signature does not match"


def change_the_time_of_a_seal(attacker: psycopg.Connection, _sealed: Record) -> str:
    attacker.execute("UPDATE audit_seal SET at = at - interval '1 day' WHERE number = 1")
    return "seal 1: signature does not match"


def change_a_sealed_head(attacker: psycopg.Connection, sealed: Record) -> str:
    """Rewrite an entry, the chain, the head, and what the seal says of it: the root tells."""
    stream_id = sealed.long_stream()
    change_one_and_make_all_hashes_anew(attacker, sealed)
    attacker.execute(
        "UPDATE audit_seal_head SET hash = s.head_hash FROM audit_stream s"
        " WHERE s.id = stream_id AND stream_id = %s",
        [stream_id],
    )
    return "seal 1: root does not match the heads under it"


def take_a_sealed_head_away(attacker: psycopg.Connection, sealed: Record) -> str:
    stream_id = sealed.long_stream()
    _cut(attacker, stream_id, 1)
    attacker.execute("DELETE FROM audit_stream WHERE id = %s", [stream_id])
    attacker.execute("DELETE FROM audit_seal_head WHERE stream_id = %s", [stream_id])
    return "seal 1: root does not match the heads under it"


def delete_a_seal_in_the_middle(attacker: psycopg.Connection, _sealed: Record) -> str:
    attacker.execute("DELETE FROM audit_seal_head WHERE seal_number = 2")
    attacker.execute("DELETE FROM audit_seal WHERE number = 2")
    return "seal 3: seal 2 is missing"


def cut_the_newest_seals_off(attacker: psycopg.Connection, _sealed: Record) -> str:
    """Nothing inside the database can tell; the files outside can."""
    attacker.execute("DELETE FROM audit_seal_head WHERE seal_number >= 2")
    attacker.execute("DELETE FROM audit_seal WHERE number >= 2")
    return "seal 2: was published as seal-00000002.json and is gone"


def delete_every_seal(attacker: psycopg.Connection, _sealed: Record) -> str:
    attacker.execute("DELETE FROM audit_seal_head")
    attacker.execute("DELETE FROM audit_seal")
    return "seal 2: was published as seal-00000002.json and is gone"


ATTACKS: tuple[Change, ...] = (
    delete_the_first,
    delete_one_in_the_middle,
    delete_the_last,
    cut_the_end_off_and_set_the_head_back,
    delete_a_whole_stream,
    change_one_and_make_all_hashes_anew,
    insert_one_and_make_all_hashes_anew,
    swap_two_and_make_all_hashes_anew,
    swap_two,
    insert_one_at_the_end,
    change_a_root,
    change_the_time_of_a_seal,
    change_a_sealed_head,
    take_a_sealed_head_away,
    delete_a_seal_in_the_middle,
    cut_the_newest_seals_off,
    delete_every_seal,
)
