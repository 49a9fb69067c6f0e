"""The database: declarative base, column types, sealed values, and read-only requests.

A GET or HEAD request reads through a READ ONLY transaction, so that a forgotten write fails
loudly instead of happening (guarantees.md G8).
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from flask import current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import DateTime, Enum, LargeBinary, MetaData, Text, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from talentsvc.core.crypto import KeyRing
from talentsvc.core.ids import uuid7
from talentsvc.core.locking import HELD


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone; a naive value is refused, since it would be silently wrong by hours."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What a value of the column is; paging refuses a cursor of another type."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        """Store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        """Give UTC whatever the server's zone is."""
        return None if value is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables: keys are UUIDv7 made before the insert, since sealing needs them."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            UUID: Uuid,
            str: Text,
            bytes: LargeBinary,
            dict[str, Any]: JSONB,
            list[Any]: JSONB,
        },
    )

    def __init__(self, **values: Any) -> None:
        if "id" not in values and hasattr(type(self), "id"):
            self.id = uuid7()
        elif "id" in values:
            self.id = values.pop("id")
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no attribute {name}")
            setattr(self, name, value)

    if TYPE_CHECKING:
        id: Any


@lru_cache(maxsize=8)
def _reading(engine: Engine) -> Engine:
    """The same engine with READ ONLY transactions: one object, so that a request keeps one connection."""
    return cast(Engine, engine.execution_options(postgresql_readonly=True))


class RoutedSession(FlaskSession):
    """A session that turns read-only while a safe request is served."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        """The engine for this statement; for GET and HEAD one whose transactions are READ ONLY."""
        bind = super().get_bind(*args, **kwargs)
        if isinstance(bind, Engine) and has_request_context() and g.get("reads_only", False):
            return _reading(bind)
        return bind


@event.listens_for(RoutedSession, "loaded_as_persistent")
def _keep_for_request(_session: object, row: object) -> None:
    """Let what a request has read live as long as the request.

    The session knows its rows weakly: one that no variable holds is forgotten, and the next function
    that needs it would read it again. Whoever locks a row reads it anew (`populate_existing`).
    """
    if has_request_context():
        g.setdefault("rows_read", []).append(row)


@event.listens_for(RoutedSession, "after_transaction_end")
def _forget_locks(session: Any, transaction: Any) -> None:
    """A lock ends with its transaction, and one taken after a savepoint with the savepoint's rollback."""
    if transaction.nested or transaction.parent is None:
        session.info.pop(HELD, None)


#: Statements a connection keeps prepared. The product has some hundreds; with psycopg's own hundred they
#: would push each other out, and the server would parse and plan each of them again and again.
PREPARED_STATEMENTS = 1000


def _prepare_more(connection: Any, _record: object) -> None:
    connection.prepared_max = PREPARED_STATEMENTS


def tune_connections() -> None:
    """Set every new connection of the current application up; called once by `create_app`."""
    event.listen(db.engine, "connect", _prepare_more)


db = SQLAlchemy(model_class=Base, session_options={"class_": RoutedSession, "autoflush": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def enum_column(
    kind: type[StrEnum],
    *,
    nullable: bool = False,
    comment: str,
    name_suffix: str = "",
    **options: Any,
) -> Any:
    """A column that holds one of an enum's values, with a CHECK constraint behind it.

    A table with two columns of one enum tells their constraints apart by `name_suffix`.
    """
    return mapped_column(
        Enum(
            kind,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda members: [member.value for member in members],
            name="_".join(part for part in (_snake(kind.__name__), name_suffix) if part),
        ),
        nullable=nullable,
        comment=comment,
        **options,
    )


def key_column() -> Any:
    """The primary key of a table: a UUIDv7 made in Python."""
    return mapped_column(
        Uuid, primary_key=True, default=uuid7, comment="UUIDv7, made before the insert"
    )


def keyring() -> KeyRing:
    """The keys of this process; loading them failed at start if they were wrong."""
    return cast(KeyRing, current_app.extensions["talentsvc.keyring"])


class Sealed:
    """Text that rests encrypted in a column and is opened by whoever reads the attribute.

    The associated data is `table.column:row`, so that a value copied into another row does not open.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    def _context(self, row: Any) -> str:
        return f"{row.__tablename__}.{self.column}:{row.id}"

    def __get__(self, row: Any, owner: type) -> Any:
        if row is None:
            return self
        sealed = getattr(row, self.column)
        return None if sealed is None else keyring().open(sealed, self._context(row)).decode()

    def __set__(self, row: Any, value: str | None) -> None:
        sealed = None if value is None else keyring().seal(value.encode(), self._context(row))
        setattr(row, self.column, sealed)


def blind_index(purpose: str, value: str) -> bytes:
    """The look-up key of a sealed value: 32 bytes that tell equality and nothing else."""
    return keyring().blind_index(purpose, value)


def after_fork() -> None:
    """Drop inherited connections; gunicorn calls this in each new worker."""
    db.engine.dispose(close=False)


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


__all__ = [
    "Base",
    "Mapped",
    "Model",
    "Sealed",
    "UtcDateTime",
    "after_fork",
    "blind_index",
    "db",
    "enum_column",
    "key_column",
    "keyring",
    "mapped_column",
]
