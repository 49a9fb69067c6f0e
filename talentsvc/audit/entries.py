"""The content of an entry and its hash, for writing and for verifying alike."""

from __future__ import annotations

import hashlib
from typing import Any

from talentsvc.audit.models import AuditEntry
from talentsvc.core.canonical import canonical_json

#: The hash before the first entry of a stream.
GENESIS = bytes(32)


def entry_hash(entry: AuditEntry) -> bytes:
    """SHA-256 over the canonical content of an entry, its place in the stream and the hash before it."""
    content: dict[str, Any] = {
        "stream": entry.stream_id,
        "sequence": entry.sequence,
        "at": entry.at,
        "account": entry.actor_account_id,
        "person": entry.actor_person_id,
        "acting_as": entry.acting_as,
        "on_behalf_of": entry.on_behalf_of,
        "action": entry.action,
        "change": entry.change,
        "commitments": entry.commitments,
        "request": entry.request_reference,
    }
    return hashlib.sha256(entry.previous_hash + canonical_json(content)).digest()
