"""The link of an invitation: only its hash rests here, so that the table opens nothing."""

from __future__ import annotations

import hashlib


def token_hash(token: str) -> bytes:
    """What is stored of a link's token."""
    return hashlib.sha256(token.encode()).digest()
