"""Where sealed files rest: one small interface, and a directory behind it.

An object store fits behind the same four methods; only the directory is built. What is stored is
sealed already (`vault`), so neither a backup nor whoever reads the disk sees a document.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

#: End of the name of a file that is not written whole yet.
DRAFT = ".part"

_KEY = re.compile(r"[0-9a-f]{32}")


class NoSuchFile(Exception):
    """The storage holds nothing under this key."""


@dataclass(frozen=True)
class StoredKey:
    """A key and when its bytes were written (UTC)."""

    key: str
    stored_at: datetime


class Storage(Protocol):
    """Keeps sealed bytes under random keys. Errors: NoSuchFile, and OSError while it is out of reach."""

    def put(self, sealed: bytes) -> str:
        """Store bytes, whole and durable when this returns, and give their new key."""

    def get(self, key: str) -> bytes:
        """The bytes of a key."""

    def delete(self, key: str) -> None:
        """Forget a key; forgetting twice is no error."""

    def iter_keys(self) -> Iterator[StoredKey]:
        """All keys, in no order."""


class DirectoryStorage:
    """Files in two levels of folders, readable by the service's own user only."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, sealed: bytes) -> str:
        """Write beside the place, force to disk, then rename: a crash leaves no half file under a key."""
        key = secrets.token_hex(16)
        target = self._path(key)
        self._make_folder(target.parent)
        draft = _draft_of(target)
        try:
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a key."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NoSuchFile(key) from None

    def delete(self, key: str) -> None:
        """Forget a key and its draft."""
        path = self._path(key)
        path.unlink(missing_ok=True)
        _draft_of(path).unlink(missing_ok=True)

    def iter_keys(self) -> Iterator[StoredKey]:
        """All keys, those of drafts that a crash left behind among them."""
        for path in self._root.glob("??/??/*"):
            key = path.name.removesuffix(DRAFT)
            with suppress(FileNotFoundError):
                if _KEY.fullmatch(key):
                    yield StoredKey(key, datetime.fromtimestamp(path.stat().st_mtime, UTC))

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NoSuchFile("a key of another shape")
        return self._root / key[:2] / key[2:4] / key

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for each in (folder.parent, self._root):
                _sync_folder(each)


def _draft_of(path: Path) -> Path:
    return path.with_name(path.name + DRAFT)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
