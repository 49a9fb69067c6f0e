"""Files sealed one by one: the plaintext is nowhere but in the memory of who may see it."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import current_app

from talentsvc.extensions.database import keyring
from talentsvc.files.storage import DirectoryStorage, Storage
from talentsvc.settings import Settings

FOLDER = "files"


def storage() -> Storage:
    """The storage of this installation."""
    settings = cast(Settings, current_app.config["SETTINGS"])
    return DirectoryStorage(settings.var_dir / FOLDER)


def put_sealed(file_id: UUID, plaintext: bytes) -> tuple[str, str]:
    """Seal and store. Returns the storage key and the id of the encryption key."""
    sealed = keyring().seal(plaintext, _context(file_id))
    return storage().put(sealed), keyring().key_id_of(sealed)


def open_sealed(file_id: UUID, storage_key: str) -> bytes:
    """The plaintext. Errors: NoSuchFile; CannotDecrypt for a wrong key or another row's bytes."""
    return keyring().open(storage().get(storage_key), _context(file_id))


def _context(file_id: UUID) -> str:
    return f"stored_file.content:{file_id}"
