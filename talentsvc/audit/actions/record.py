"""Writing the record: entries are gathered while an action runs and written last, in one flush.

The stream's head is locked only then, so that no action holds it across its own work.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from talentsvc.access.actor import Actor
from talentsvc.audit.entries import GENESIS, entry_hash
from talentsvc.audit.models import AuditEntry, AuditSalt, AuditStream
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import now
from talentsvc.core.crypto import commit_value
from talentsvc.core.ids import uuid7
from talentsvc.extensions.current import request_reference
from talentsvc.extensions.database import db


@dataclass(frozen=True)
class _Pending:
    subject_kind: SubjectKind
    subject_id: UUID
    action: str
    actor: Actor
    at: datetime
    change: dict[str, Any]
    personal: Mapping[str, str]
    person_id: UUID | None
    on_behalf_of: UUID | None
    acting_as: str
    request_reference: str = field(default="")


@dataclass
class _Head:
    """The end of a stream that this transaction has locked."""

    id: UUID
    sequence: int
    hash: bytes


_stream: Any = AuditStream.__table__
_salt: Any = AuditSalt.__table__
#: Makes a stream, or locks the one that is there by writing into it what stands in it.
_LOCK = (
    insert(_stream)
    .on_conflict_do_update(
        constraint="uq_audit_stream_subject", set_={"changed_at": _stream.c.changed_at}
    )
    .returning(
        _stream.c.id,
        _stream.c.subject_kind,
        _stream.c.subject_id,
        _stream.c.head_sequence,
        _stream.c.head_hash,
    )
)
_NEW_SALTS = insert(_salt).on_conflict_do_nothing().returning(_salt.c.person_id, _salt.c.salt)
_MOVE_HEAD = (
    update(_stream)
    .where(_stream.c.id == bindparam("stream"))
    .values(
        head_sequence=bindparam("sequence"), head_hash=bindparam("hash"), changed_at=bindparam("at")
    )
)


def record(
    subject_kind: SubjectKind,
    subject_id: UUID,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    personal: Mapping[str, str] | None = None,
    person_id: UUID | None = None,
    on_behalf_of: UUID | None = None,
    acting_as: str | None = None,
) -> None:
    """Add an entry to a subject's stream; it is written with the commit or not at all.

    `before` and `after` hold fields that identify nobody. What is personal goes into `personal`
    (field → value) with the `person_id` it is about, and is kept only as a salted commitment.
    """
    if personal and person_id is None:
        raise ValueError("personal values need the person they are about")
    change = {"before": dict(before or {}), "after": dict(after or {})}
    entry = _Pending(
        subject_kind,
        subject_id,
        action,
        actor,
        at,
        change,
        dict(personal or {}),
        person_id,
        on_behalf_of,
        acting_as or actor.acting_as,
        request_reference(),
    )
    db.session().info.setdefault("audit", []).append(entry)


def write_entries() -> None:
    """Write what was gathered; called by the unit of work just before the commit."""
    pending: list[_Pending] = db.session().info.pop("audit", [])
    if not pending:
        return
    streams = _lock_streams({(entry.subject_kind, entry.subject_id) for entry in pending})
    salts = _salts({entry.person_id for entry in pending if entry.personal and entry.person_id})
    for entry in pending:
        db.session.add(_chained(entry, streams[entry.subject_kind, entry.subject_id], salts))
    db.session.flush()
    db.session.execute(
        _MOVE_HEAD,
        [
            {"stream": head.id, "sequence": head.sequence, "hash": head.hash, "at": now()}
            for head in streams.values()
        ],
    )


def _chained(pending: _Pending, head: _Head, salts: Mapping[UUID, bytes]) -> AuditEntry:
    commitments = {}
    if pending.personal and pending.person_id is not None:
        salt = salts[pending.person_id]
        commitments = {
            name: commit_value(salt, value).hex() for name, value in pending.personal.items()
        }
    entry = AuditEntry(
        stream_id=head.id,
        sequence=head.sequence + 1,
        at=pending.at,
        actor_account_id=pending.actor.account_id,
        actor_person_id=pending.actor.person_id,
        acting_as=pending.acting_as,
        on_behalf_of=pending.on_behalf_of,
        action=pending.action,
        change=_plain(pending.change),
        commitments=commitments,
        request_reference=pending.request_reference,
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    head.sequence, head.hash = entry.sequence, entry.hash
    return entry


def _plain(value: Any) -> Any:
    """JSON types only, so that what is read back hashes like what was written."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _lock_streams(
    subjects: set[tuple[SubjectKind, UUID]],
) -> dict[tuple[SubjectKind, UUID], _Head]:
    """The streams of these subjects, made where missing, locked in one fixed order."""
    ordered = sorted(subjects, key=lambda subject: (subject[0].value, subject[1]))
    rows = [
        {
            "id": uuid7(),
            "subject_kind": kind,
            "subject_id": subject_id,
            "head_sequence": 0,
            "head_hash": GENESIS,
            "changed_at": now(),
        }
        for kind, subject_id in ordered
    ]
    found = {
        (row.subject_kind, row.subject_id): _Head(row.id, row.head_sequence, row.head_hash)
        for row in db.session.execute(_LOCK, rows)
    }
    return {subject: found[subject] for subject in ordered}


def _salts(person_ids: set[UUID]) -> dict[UUID, bytes]:
    if not person_ids:
        return {}
    rows = [
        {"person_id": person_id, "salt": secrets.token_bytes(32)}
        for person_id in sorted(person_ids)
    ]
    salts = {row.person_id: row.salt for row in db.session.execute(_NEW_SALTS, rows)}
    known = person_ids - salts.keys()
    if known:
        found = select(_salt.c.person_id, _salt.c.salt).where(_salt.c.person_id.in_(known))
        salts |= {row.person_id: row.salt for row in db.session.execute(found)}
    return salts
