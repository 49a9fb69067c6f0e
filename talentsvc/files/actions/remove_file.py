"""Deleting a file's bytes; the row with its hash, type and scan stays (decisions.md, ends of a case)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import after_commit
from talentsvc.files.models import StoredFile
from talentsvc.files.storage import Storage
from talentsvc.files.vault import storage


def remove_file(stored: StoredFile, *, at: datetime) -> None:
    """Mark a file and its previews as removed, and delete their bytes once that is committed.

    A deletion that fails then is made up for by the sweep of orphans. Removing twice changes nothing.
    """
    statement = select(StoredFile).where(StoredFile.parent_id == stored.id)
    previews = db.session.execute(statement).scalars().all()
    for each in (stored, *previews):
        if each.removed_at is None:
            each.removed_at = at
            each.next_scan_at = None
            after_commit(_Deletion(storage(), each.storage_key))
    db.session.flush()


class _Deletion:
    """One deletion after the commit."""

    def __init__(self, place: Storage, key: str) -> None:
        self._place = place
        self._key = key
        self.__name__ = "delete stored file"

    def __call__(self) -> None:
        self._place.delete(self._key)
