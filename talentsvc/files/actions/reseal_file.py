"""Sealing a stored file again with the current key, after a change of keys (guarantees.md G9)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.core.crypto import CannotDecrypt
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db, keyring
from talentsvc.extensions.unit_of_work import after_commit, unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.storage import NoSuchFile
from talentsvc.files.vault import open_sealed, put_sealed, storage

BATCH = 200


def reseal_files() -> Iterator[str]:
    """Seal every file again that another key sealed; yields those whose bytes do not open or are gone.

    One unit of work per file, so it may be stopped and run again at any time.
    """
    after: UUID | None = None
    while batch := _files_to_reseal(after):
        db.session.rollback()
        for file_id in batch:
            try:
                with unit_of_work():
                    reseal_file(file_id)
            except (NoSuchFile, CannotDecrypt):
                yield f"stored_file:{file_id}"
        after = batch[-1]


def files_sealed_with(key_id: str) -> int:
    """How many files still rest under a key."""
    statement = (
        select(func.count())
        .select_from(StoredFile)
        .where(StoredFile.key_id == key_id, StoredFile.removed_at.is_(None))
    )
    return db.session.execute(statement).scalar_one()


def reseal_file(file_id: UUID) -> bool:
    """Store a file's bytes anew under the current key; one unit of work. False when nothing was to do.

    The old bytes go after the commit, so a rollback loses neither; the sweep of orphans makes up for
    what is left of either. Errors: NotFoundHere, NoSuchFile, CannotDecrypt.
    """
    stored = db.session.get(StoredFile, file_id, with_for_update=True, populate_existing=True)
    if stored is None:
        raise NotFoundHere()
    if stored.removed_at is not None or stored.key_id == keyring().current_key_id:
        return False
    former = stored.storage_key
    plaintext = open_sealed(stored.id, former)
    stored.storage_key, stored.key_id = put_sealed(stored.id, plaintext)
    after_commit(partial(storage().delete, former))
    db.session.flush()
    return True


def _files_to_reseal(after: UUID | None) -> list[UUID]:
    """Files sealed with another key than the current one, in the order of their ids."""
    statement = (
        select(StoredFile.id)
        .where(StoredFile.key_id != keyring().current_key_id, StoredFile.removed_at.is_(None))
        .order_by(StoredFile.id)
        .limit(BATCH)
    )
    if after is not None:
        statement = statement.where(StoredFile.id > after)
    return list(db.session.execute(statement).scalars())
