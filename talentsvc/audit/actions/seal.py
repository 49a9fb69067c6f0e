"""Sealing: a signed Merkle root over all heads, hourly, and daily also outside the database.

What came after the last root is protected by rights alone, and docs/security.md says so.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.audit.models import AuditSeal, AuditSealHead, AuditStream
from talentsvc.audit.terms import SealPeriod
from talentsvc.core.canonical import canonical_json
from talentsvc.core.merkle import merkle_root
from talentsvc.extensions.database import db, keyring

EMPTY_ROOT = bytes(32)


def seal_audit(period: SealPeriod, *, at: datetime) -> AuditSeal | None:
    """Sign the root over all heads. Nothing moved since the last seal: no new hourly one.

    Concurrent sealers are kept apart by an advisory lock; the heads are read in one snapshot.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(0x5EA1)))
    last = db.session.execute(
        select(AuditSeal).order_by(AuditSeal.number.desc()).limit(1)
    ).scalar_one_or_none()
    known = sealed_heads(last.number if last else 0)
    current = {
        stream_id: (sequence, head)
        for stream_id, sequence, head in db.session.execute(
            select(AuditStream.id, AuditStream.head_sequence, AuditStream.head_hash).where(
                AuditStream.head_sequence > 0
            )
        )
    }
    moved = {stream_id: head for stream_id, head in current.items() if known.get(stream_id) != head}
    if not moved and period is SealPeriod.HOURLY:
        return None
    seal = AuditSeal(
        number=(last.number if last else 0) + 1,
        period=period,
        at=at,
        stream_count=len(current),
        root=root_over(current),
        previous_root=last.root if last else EMPTY_ROOT,
    )
    seal.signature = keyring().sign(seal_message(seal))
    db.session.add(seal)
    db.session.flush()
    db.session.add_all(
        AuditSealHead(seal_number=seal.number, stream_id=stream_id, sequence=sequence, hash=head)
        for stream_id, (sequence, head) in sorted(moved.items())
    )
    return seal


def sealed_heads(number: int) -> dict[UUID, tuple[int, bytes]]:
    """The heads of all streams as they stood under a seal: stream → (sequence, hash)."""
    statement = (
        select(AuditSealHead.stream_id, AuditSealHead.sequence, AuditSealHead.hash)
        .where(AuditSealHead.seal_number <= number)
        .order_by(AuditSealHead.seal_number)
    )
    return {
        stream_id: (sequence, head) for stream_id, sequence, head in db.session.execute(statement)
    }


def root_over(heads: dict[UUID, tuple[int, bytes]]) -> bytes:
    """The Merkle root over heads, ordered by stream."""
    leaves = [
        stream.bytes + sequence.to_bytes(8, "big") + head
        for stream, (sequence, head) in sorted(heads.items())
    ]
    return merkle_root(leaves) if leaves else EMPTY_ROOT


def seal_message(seal: AuditSeal) -> bytes:
    """What is signed."""
    return canonical_json(
        {
            "number": seal.number,
            "period": seal.period.value,
            "at": seal.at,
            "streams": seal.stream_count,
            "root": seal.root.hex(),
            "previous_root": seal.previous_root.hex(),
        }
    )


def publish_seal(seal: AuditSeal, folder: Path) -> Path:
    """Write a seal outside the database, where the database's owner cannot change it unnoticed."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"seal-{seal.number:08d}.json"
    content = seal_message(seal)[:-1] + b',"signature":"' + seal.signature.hex().encode() + b'"}\n'
    with target.open("xb") as stream:
        stream.write(content)
    return target
