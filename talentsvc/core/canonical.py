"""One byte sequence for one value, so that a digest can be computed again years later.

Used for the record's hash chain, frozen copies and release inputs. Floats are refused because
their text differs between languages and versions; amounts are integer fen anyway.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from talentsvc.core.clock import require_aware


def canonical_json(value: object) -> bytes:
    """Return `value` as UTF-8 JSON with sorted keys, no spaces and no escapes beyond JSON's own.

    Takes None, bool, int, str, StrEnum, UUID, date, aware datetime (written in UTC with
    microseconds), and mappings with string keys, lists and tuples of these. Everything else,
    floats and naive datetimes included, raises TypeError.
    """
    text = json.dumps(
        _plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def digest(value: object) -> bytes:
    """Return the SHA-256 (32 bytes) of the canonical JSON of `value`."""
    return hashlib.sha256(canonical_json(value)).digest()


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> str | int:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if type(value) in (int, str):
        return value  # type: ignore[return-value]  # `type(...) in` does not narrow
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _instant(value: datetime) -> str:
    try:
        utc = require_aware(value).astimezone(UTC)
    except ValueError as error:
        raise TypeError(str(error)) from error
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("keys of a canonical mapping are strings")
    return str(key)
