"""Keyset paging: a page starts where the last one ended, however many rows lie before it.

A cursor is the key of the row at the edge of a page. It grants nothing, since scope is in the
query, so it is validated but not signed.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, and_, or_, tuple_

from talentsvc.core.errors import InvalidInput

T = TypeVar("T")

_LONGEST_TOKEN = 4000


@dataclass(frozen=True, slots=True)
class Key:
    """One column of the order: not null, and the last one of a list unique.

    An expression states its type, for example `func.lower(title, type_=String)`.
    """

    column: Any
    descending: bool = False


@dataclass(frozen=True, slots=True)
class PageOf(Generic[T]):
    """One page, and the cursors of its neighbours where there are any."""

    items: tuple[T, ...]
    next_cursor: str | None
    previous_cursor: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The key values of an edge row, and on which side of it the page lies."""

    values: tuple[object, ...]
    is_backward: bool = False

    def encode(self) -> str:
        """Return the cursor as a URL-safe token. Raises TypeError for a null or odd value."""
        written = [self.is_backward, *(_written(value) for value in self.values)]
        text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(text.encode()).decode("ascii").rstrip("=")

    @classmethod
    def decode(cls, token: str) -> Self:
        """Read what `encode` wrote. Raises InvalidInput for anything else."""
        try:
            if len(token) > _LONGEST_TOKEN:
                raise ValueError("longer than any cursor")
            padded = token.encode("ascii") + b"=" * (-len(token) % 4)
            is_backward, *written = json.loads(urlsafe_b64decode(padded))
            values = tuple(_read(tag, text) for tag, text in written)
            cursor = cls(values, is_backward is True)
            is_canonical = cursor.encode() == token
        except (ValueError, TypeError, KeyError, RecursionError):
            is_canonical = False
        if not is_canonical:
            raise InvalidInput("cursor")
        return cursor


def keyset(
    session: Any, statement: Any, keys: Sequence[Key], cursor: str | None, size: int
) -> PageOf[Any]:
    """Return the page of `statement` on one side of `cursor`, or the first page.

    Replaces the statement's order by `keys`. Items are what the statement selects: the entity or
    value when it selects one, else rows. One query, reading one row more than the page.
    Raises InvalidInput for a cursor of another list, ValueError for a size below 1.
    """
    if size < 1 or not keys:
        raise ValueError("a page needs a size and an order")
    edge = _edge(cursor, keys)
    is_backward = edge is not None and edge.is_backward
    items, positions = _read_rows(session, _bounded(statement, keys, edge), len(keys), size + 1)
    has_more = len(items) > size
    items, positions = items[:size], positions[:size]
    if is_backward:
        items, positions = items[::-1], positions[::-1]
    has_next, has_previous = (True, has_more) if is_backward else (has_more, edge is not None)
    return PageOf(
        tuple(items),
        _token(keys, positions[-1], False) if positions and has_next else None,
        _token(keys, positions[0], True) if positions and has_previous else None,
    )


def _token(keys: Sequence[Key], values: tuple[object, ...], is_backward: bool) -> str:
    token = Cursor(values, is_backward).encode()
    if not all(map(_fits, keys, Cursor.decode(token).values)):
        raise TypeError("a key's column does not declare the type of its values")
    return token


def _edge(token: str | None, keys: Sequence[Key]) -> Cursor | None:
    if token is None:
        return None
    edge = Cursor.decode(token)
    if len(edge.values) != len(keys) or not all(map(_fits, keys, edge.values)):
        raise InvalidInput("cursor")
    return edge


def _fits(key: Key, value: object) -> bool:
    """Tell whether the database takes `value` for this column; a forged one must not crash it."""
    kind: type = key.column.type.python_type
    if type(value) is not (str if issubclass(kind, str) else kind):
        return False
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, datetime):
        return value.tzinfo is not None
    bits = 63 if isinstance(key.column.type, BigInteger) else 31
    return not isinstance(value, int) or -(1 << bits) <= value < 1 << bits


def _bounded(statement: Any, keys: Sequence[Key], edge: Cursor | None) -> Any:
    """Return the statement ordered, behind the edge, with the key columns selected last."""
    is_backward = edge is not None and edge.is_backward
    directions = [key.descending is not is_backward for key in keys]
    columns = [key.column for key in keys]
    if edge is not None:
        statement = statement.where(_behind(columns, directions, edge.values))
    order = [
        column.desc() if is_descending else column.asc()
        for column, is_descending in zip(columns, directions, strict=True)
    ]
    labels = [column.label(f"keyset_{position}") for position, column in enumerate(columns)]
    return statement.add_columns(*labels).order_by(None).order_by(*order)


def _behind(columns: list[Any], directions: list[bool], values: tuple[object, ...]) -> Any:
    """Compare rows as a whole where all columns run one way, so that one index serves it."""
    if len(set(directions)) == 1:
        row, edge = tuple_(*columns), tuple_(*values, types=[column.type for column in columns])
        return row < edge if directions[0] else row > edge
    alternatives: list[Any] = []
    equal: list[Any] = []
    for column, is_descending, value in zip(columns, directions, values, strict=True):
        beyond = column < value if is_descending else column > value
        alternatives.append(and_(*equal, beyond))
        equal.append(column == value)
    return or_(*alternatives)


def _read_rows(
    session: Any, statement: Any, key_count: int, limit: int
) -> tuple[list[Any], list[tuple[object, ...]]]:
    """Return the selected items and, apart from them, their key values."""
    found = session.execute(statement.limit(limit)).freeze()
    width = len(found().keys()) - key_count
    positions = [tuple(row) for row in found().columns(*range(width, width + key_count))]
    own = found().columns(*range(width))
    return list(own.scalars() if width == 1 else own), positions


def _written(value: object) -> list[str]:
    for tag, (kind, write, _) in _FORMS.items():
        if type(value) is kind or (kind is str and isinstance(value, str)):
            return [tag, write(value)]
    raise TypeError(f"{type(value).__name__} is no key of a page")


def _read(tag: str, text: object) -> object:
    if not isinstance(text, str):
        raise TypeError("a key is written as text")
    return _FORMS[tag][2](text)


_FORMS: dict[str, tuple[type, Any, Any]] = {
    "s": (str, str, str),
    "i": (int, str, int),
    "d": (date, date.isoformat, date.fromisoformat),
    "t": (datetime, datetime.isoformat, datetime.fromisoformat),
    "u": (UUID, str, UUID),
}
