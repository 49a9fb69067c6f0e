"""Sealing stored values again after a change of keys, so that an old key can be retired (guarantees.md G9).

Every `Sealed` column of every table is found by itself; no list can forget one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, select, update

from talentsvc.core.crypto import CannotDecrypt, key_prefix
from talentsvc.extensions.database import Base, Sealed, db, keyring
from talentsvc.extensions.unit_of_work import unit_of_work

#: Rows of one unit of work: few, because they stay locked until its commit.
BATCH = 200


@dataclass(frozen=True)
class SealedColumn:
    """One column that holds sealed values."""

    table: Table
    name: str

    @property
    def column(self) -> ColumnElement[bytes]:
        """The column for a statement."""
        return self.table.c[self.name]

    def context(self, row_id: object) -> str:
        """What a value of this column is bound to; the same as `Sealed` binds it to."""
        return f"{self.table.name}.{self.name}:{row_id}"

    def is_sealed_with(self, key_id: str) -> ColumnElement[bool]:
        """Whether a value begins like those of a key."""
        prefix = key_prefix(key_id)
        return func.substring(self.column, 1, len(prefix)) == prefix


def sealed_columns() -> Iterator[SealedColumn]:
    """Every sealed column of every table, in one order."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        table = mapper.class_.__table__
        for attribute in vars(mapper.class_).values():
            if isinstance(attribute, Sealed):
                yield SealedColumn(table, attribute.column)


def values_sealed_with(key_id: str) -> dict[str, int]:
    """How many values each column still holds under a key; columns without any are left out."""
    found = {}
    for sealed in sealed_columns():
        statement = (
            select(func.count()).select_from(sealed.table).where(sealed.is_sealed_with(key_id))
        )
        count = db.session.execute(statement).scalar_one()
        if count:
            found[f"{sealed.table.name}.{sealed.name}"] = count
    return found


def reseal_columns() -> Iterator[str]:
    """Seal every value again that another key sealed; yields the places of those that do not open.

    One unit of work per batch, so it may be stopped and run again at any time. Nothing else of a row
    is touched, so that neither its version nor anybody's open page notices.
    """
    for sealed in sealed_columns():
        after: UUID | None = None
        while True:
            with unit_of_work():
                rows = db.session.execute(_waiting(sealed, after)).all()
                unreadable = [
                    row_id for row_id, value in rows if not _reseal(sealed, row_id, value)
                ]
            yield from (sealed.context(row_id) for row_id in unreadable)
            if not rows:
                break
            after = rows[-1][0]


def _waiting(sealed: SealedColumn, after: UUID | None) -> Any:
    statement = (
        select(sealed.table.c.id, sealed.column)
        .where(sealed.column.is_not(None), ~sealed.is_sealed_with(keyring().current_key_id))
        .order_by(sealed.table.c.id)
        .limit(BATCH)
        .with_for_update()
    )
    return statement if after is None else statement.where(sealed.table.c.id > after)


def _reseal(sealed: SealedColumn, row_id: UUID, value: bytes) -> bool:
    try:
        fresh = keyring().reseal(value, sealed.context(row_id))
    except CannotDecrypt:
        return False
    db.session.execute(
        update(sealed.table).where(sealed.table.c.id == row_id).values({sealed.name: fresh})
    )
    return True
