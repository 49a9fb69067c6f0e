"""`talentsvc audit verify`: names the first thing that was changed after it was sealed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from talentsvc.audit.actions.seal import EMPTY_ROOT, root_over, seal_message
from talentsvc.audit.entries import GENESIS, entry_hash
from talentsvc.audit.models import AuditEntry, AuditSeal, AuditSealHead, AuditStream
from talentsvc.extensions.database import db, keyring


@dataclass(frozen=True)
class Finding:
    """Something that does not fit: where, and what."""

    place: str
    problem: str


def verify_audit(published: Path | None = None) -> Iterator[Finding]:
    """Check every chain, every head, every seal and every published file; yields what does not fit."""
    heads: dict[tuple[UUID, int], bytes] = {}
    yield from _verify_chains(heads)
    yield from _verify_seals(heads, published)


def _verify_chains(heads: dict[tuple[UUID, int], bytes]) -> Iterator[Finding]:
    streams = {stream.id: stream for stream in db.session.execute(select(AuditStream)).scalars()}
    last: dict[UUID, tuple[int, bytes]] = {}
    entries = db.session.execute(
        select(AuditEntry)
        .order_by(AuditEntry.stream_id, AuditEntry.sequence)
        .execution_options(yield_per=1000)
    ).scalars()
    for entry in entries:
        sequence, previous = last.get(entry.stream_id, (0, GENESIS))
        place = f"stream {entry.stream_id} entry {entry.sequence}"
        if entry.sequence != sequence + 1:
            yield Finding(place, f"entry {sequence + 1} is missing")
        elif entry.previous_hash != previous:
            yield Finding(place, "does not follow the entry before it")
        if entry_hash(entry) != entry.hash:
            yield Finding(place, "content does not match its hash")
        last[entry.stream_id] = (entry.sequence, entry.hash)
        heads[entry.stream_id, entry.sequence] = entry.hash
    for stream_id, stream in streams.items():
        if last.get(stream_id, (0, GENESIS)) != (stream.head_sequence, stream.head_hash):
            yield Finding(f"stream {stream_id}", "head does not match its last entry")
    for stream_id in last.keys() - streams.keys():
        yield Finding(f"stream {stream_id}", "has entries but no head")


def _verify_seals(
    heads: dict[tuple[UUID, int], bytes], published: Path | None
) -> Iterator[Finding]:
    known: dict[UUID, tuple[int, bytes]] = {}
    expected_number, previous_root = 1, EMPTY_ROOT
    for seal in db.session.execute(select(AuditSeal).order_by(AuditSeal.number)).scalars():
        place = f"seal {seal.number}"
        if seal.number != expected_number:
            yield Finding(place, f"seal {expected_number} is missing")
        if seal.previous_root != previous_root:
            yield Finding(place, "does not follow the seal before it")
        if not keyring().verify(seal_message(seal), seal.signature):
            yield Finding(place, "signature does not match")
        moved = db.session.execute(
            select(AuditSealHead).where(AuditSealHead.seal_number == seal.number)
        ).scalars()
        for head in moved:
            known[head.stream_id] = (head.sequence, head.hash)
            if heads.get((head.stream_id, head.sequence)) != head.hash:
                yield Finding(
                    place, f"stream {head.stream_id} entry {head.sequence} was changed or removed"
                )
        if root_over(known) != seal.root:
            yield Finding(place, "root does not match the heads under it")
        if published is not None:
            yield from _verify_published(seal, published)
        expected_number, previous_root = seal.number + 1, seal.root
    if published is not None:
        yield from _verify_no_seal_missing(expected_number, published)


def _verify_published(seal: AuditSeal, published: Path) -> Iterator[Finding]:
    path = published / f"seal-{seal.number:08d}.json"
    if not path.is_file():
        return
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["root"] != seal.root.hex() or content["signature"] != seal.signature.hex():
        yield Finding(f"seal {seal.number}", f"differs from the published {path.name}")


def _verify_no_seal_missing(next_number: int, published: Path) -> Iterator[Finding]:
    """A published seal that the database no longer has: the newest seals were cut off."""
    for path in sorted(published.glob("seal-*.json")):
        number = int(path.stem.removeprefix("seal-"))
        if number >= next_number:
            yield Finding(f"seal {number}", f"was published as {path.name} and is gone")
