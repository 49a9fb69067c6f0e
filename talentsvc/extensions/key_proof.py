"""Whether these keys belong to this database, asked before it is used at all (guarantees.md G9).

One row holds a proof that only its own keys open. The first process ever writes it; every later one
reads it with its first connection, and gets none with a foreign key file: what wrong keys sealed,
nobody would ever find or open again. Nothing is asked while the application is built, so that a
process may come up before its database.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import CheckConstraint, event, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.core.clock import now
from talentsvc.core.crypto import KeyRing
from talentsvc.extensions.database import Model, db, keyring

log = structlog.get_logger(__name__)

_EXISTS = "SELECT to_regclass('key_proof') IS NOT NULL"
_READ = "SELECT proof FROM key_proof"
_WRITE = "INSERT INTO key_proof (id, proof, made_at) VALUES (1, %s, %s) ON CONFLICT DO NOTHING"


class KeyProof(Model):
    """The one row that says which keys this database belongs to."""

    __tablename__ = "key_proof"
    __table_args__ = (CheckConstraint("id = 1", name="only_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="always 1")
    proof: Mapped[bytes] = mapped_column(comment="opens with this database's keys and no others")
    made_at: Mapped[datetime] = mapped_column(comment="when it was written, or sealed again")


class _Guard:
    """Asks with each new connection until the answer was yes once."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._is_confirmed = False

    def __call__(self, connection: Any, _record: object) -> None:
        """Confirm the keys over a fresh connection. Errors: WrongKey, and the connection is not used."""
        if self._is_confirmed:
            return
        # psycopg's own transaction block: this runs before there is a session or a unit of work.
        with connection.transaction(), connection.cursor() as cursor:
            is_migrated = cursor.execute(_EXISTS).fetchone()[0]
            if is_migrated:
                self._ring.confirm(self._proof(cursor))
                self._is_confirmed = True

    def _proof(self, cursor: Any) -> bytes:
        found = cursor.execute(_READ).fetchone()
        if found is None:
            cursor.execute(_WRITE, (self._ring.proof(), now()))
            # Another process may have been first, and with other keys.
            found = cursor.execute(_READ).fetchone()
        return bytes(found[0])


def guard_connections(app: Flask, ring: KeyRing) -> None:
    """Let no connection of this application be used before the keys are confirmed."""
    with app.app_context():
        event.listen(db.engine, "connect", _Guard(ring))


def confirm_at_start(app: Flask) -> None:
    """Connect once, so that a process with foreign keys does not start at all.

    A database that is away is asked again by the first connection. Errors: WrongKey.
    """
    with app.app_context():
        try:
            db.engine.connect().close()
        except OperationalError as error:
            log.warning("keys_not_confirmed_yet", error=type(error.orig).__name__)
        finally:
            # Whoever forks next must not inherit the connection.
            db.engine.dispose()


def seal_proof_again() -> bool:
    """Seal the proof with the current key, so that an older one may be retired; False when it is.

    Errors: WrongKey.
    """
    proof = db.session.execute(select(KeyProof.proof).with_for_update()).scalar_one_or_none()
    if proof is None or not keyring().needs_resealing(proof):
        return False
    keyring().confirm(proof)
    db.session.execute(update(KeyProof).values(proof=keyring().proof(), made_at=now()))
    return True
