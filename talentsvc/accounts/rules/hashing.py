"""Argon2id (RFC 9106): one lane, so that the cost of a sign-in is the same on every machine."""

from __future__ import annotations

import secrets
from base64 import b64encode
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from talentsvc.accounts.rules.passwords import normalised

_LANES = 1
_HASH_BYTES = 32
_SALT_BYTES = 16
_ARGON2_VERSION = 19


@dataclass(frozen=True)
class HashCost:
    """What one hash costs: memory in KiB and passes over it."""

    memory_kib: int
    rounds: int

    @property
    def _hasher(self) -> PasswordHasher:
        return PasswordHasher(self.rounds, self.memory_kib, _LANES, _HASH_BYTES, _SALT_BYTES)

    def hash(self, password: str) -> str:
        """Hash a password that was checked before (rules.passwords.check_password)."""
        return self._hasher.hash(password)

    def is_right(self, password_hash: str | None, password: str) -> bool:
        """Whether this is the password; without a hash to compare, the same work leads to no."""
        text = normalised(password)
        stored = password_hash if text is not None else None
        try:
            return self._hasher.verify(stored or self._decoy(), text or "")
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, password_hash: str) -> bool:
        """Whether a hash was made at another cost and should be made again."""
        return self._hasher.check_needs_rehash(password_hash)

    def _decoy(self) -> str:
        """A well-formed hash of nothing known, at this cost."""
        salt, tag = (_encoded(secrets.token_bytes(size)) for size in (_SALT_BYTES, _HASH_BYTES))
        cost = f"m={self.memory_kib},t={self.rounds},p={_LANES}"
        return f"$argon2id$v={_ARGON2_VERSION}${cost}${salt}${tag}"


def _encoded(raw: bytes) -> str:
    return b64encode(raw).decode("ascii").rstrip("=")
