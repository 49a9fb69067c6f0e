"""Identifiers: primary keys made before the insert, and short random codes people type.

Encryption binds a value to its row, so the row's key has to exist before the row does.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
import uuid

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so a code read aloud or copied by hand survives."""

_COUNTER_BITS = 42
_TAIL_BITS = 32


class _Uuid7Source:
    """Hands out increasing UUIDv7 values (RFC 9562 section 5.7, counter of section 6.2 method 1).

    Layout: 48 bits of milliseconds, 4 version, 12 + 30 bits of counter around the 2 variant bits,
    32 random bits. The counter starts at a random value below half its range in each millisecond.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_ms = 0
        self._counter = 0

    def next(self) -> uuid.UUID:
        with self._lock:
            milliseconds, counter = self._advance(time.time_ns() // 1_000_000)
        value = milliseconds << 80
        value |= 0x7 << 76
        value |= (counter >> 30) << 64
        value |= 0b10 << 62
        value |= (counter & 0x3FFF_FFFF) << _TAIL_BITS
        value |= secrets.randbits(_TAIL_BITS)
        return uuid.UUID(int=value)

    def _advance(self, milliseconds: int) -> tuple[int, int]:
        """Return the time and counter for the next value, never going back in time.

        A clock set back keeps the last time; a full counter borrows the next millisecond.
        """
        self._counter += 1
        if milliseconds > self._last_ms or self._counter >= 1 << _COUNTER_BITS:
            self._last_ms = max(milliseconds, self._last_ms + 1)
            self._counter = secrets.randbits(_COUNTER_BITS - 1)
        return self._last_ms, self._counter


_source = _Uuid7Source()


def _renew_source() -> None:
    """Give a forked child its own counter, and a lock that no vanished thread holds."""
    global _source
    _source = _Uuid7Source()


os.register_at_fork(after_in_child=_renew_source)


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7: unique, and greater than every one made before in this process."""
    return _source.next()


def short_code(bits: int) -> str:
    """Return at least `bits` random bits as upper-case Crockford base 32 (5 bits a character).

    Comes from the system's secure source: such codes open verification pages.
    Raises ValueError unless `bits` is positive.
    """
    if bits <= 0:
        raise ValueError("a code needs at least one bit")
    return "".join(secrets.choice(CROCKFORD) for _ in range(-(-bits // 5)))
