"""Deleting stored bytes that no row speaks for: rolled-back uploads and removals cut short."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

import structlog
from sqlalchemy import select

from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.storage import StoredKey
from talentsvc.files.vault import storage

log = structlog.get_logger(__name__)

#: No transaction lives so long; younger bytes may belong to one that is still open.
ORPHAN_AFTER = timedelta(hours=24)
BATCH = 500

#: More orphans than this, and more than the files with a row, mean another database, not litter.
SUSPICIOUS_COUNT = 100


class TooManyOrphans(Exception):
    """Most stored files have no row here: the storage belongs to another database."""


def sweep_orphans(*, at: datetime) -> int:
    """Delete bytes older than a day without a living row. Returns how many.

    Errors: TooManyOrphans, and then nothing is deleted: a sweep run against a restored or a wrong
    database must not destroy evidence.
    """
    old = (each for each in storage().iter_keys() if each.stored_at < at - ORPHAN_AFTER)
    orphans, known = [], 0
    while batch := list(islice(old, BATCH)):
        living = _living(batch)
        known += len(living)
        orphans += [each.key for each in batch if each.key not in living]
    if len(orphans) > SUSPICIOUS_COUNT and len(orphans) > known:
        raise TooManyOrphans(f"{len(orphans)} orphans, {known} files with a row")
    for key in orphans:
        storage().delete(key)
    if orphans:
        log.info("orphans_deleted", count=len(orphans))
    return len(orphans)


def _living(batch: list[StoredKey]) -> set[str]:
    keys = [each.key for each in batch]
    statement = select(StoredFile.storage_key).where(
        StoredFile.storage_key.in_(keys), StoredFile.removed_at.is_(None)
    )
    return set(db.session.execute(statement).scalars())
