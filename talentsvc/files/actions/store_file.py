"""Taking a file in: checked, cleaned, sealed, and waiting for the scanner."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.wake import wake
from talentsvc.files.models import StoredFile
from talentsvc.files.rules.checks import InspectedFile, UploadLimits, fit_portrait, inspect_upload
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.files.vault import put_sealed

SCAN_TASK = "upkeep.scan_files"
QUEUE = "upkeep"


def store_file(
    *,
    purpose: FilePurpose,
    holder_person_id: UUID | None,
    name: str,
    data: bytes,
    accepts: frozenset[str],
    limits: UploadLimits,
    is_sensitive: bool,
    at: datetime,
    holder_account_id: UUID | None = None,
) -> StoredFile:
    """Check an upload and keep it, `waiting` until the scanner answers. Errors: RefusedFile.

    A portrait is cut to its shape and size. Takes 0.2 to 3 seconds, so it is called before a lock
    is taken. The bytes are on disk before the commit: what a rollback leaves is swept after a day.
    """
    inspected = inspect_upload(name, data, accepts, limits)
    if purpose is FilePurpose.PORTRAIT:
        inspected = fit_portrait(inspected)
    stored = _kept(inspected, purpose, at)
    stored.holder_person_id = holder_person_id
    stored.holder_account_id = holder_account_id
    stored.is_sensitive = is_sensitive
    db.session.add(stored)
    db.session.flush()
    wake(SCAN_TASK, QUEUE)
    return stored


def _kept(inspected: InspectedFile, purpose: FilePurpose, at: datetime) -> StoredFile:
    file_id = uuid7()
    storage_key, key_id = put_sealed(file_id, inspected.cleaned)
    return StoredFile(
        id=file_id,
        purpose=purpose,
        original_name=inspected.safe_name,
        media_type=inspected.media_type,
        byte_size=len(inspected.cleaned),
        sha256=hashlib.sha256(inspected.cleaned).digest(),
        storage_key=storage_key,
        key_id=key_id,
        width=inspected.width,
        height=inspected.height,
        page_count=inspected.pages,
        scan_state=ScanState.WAITING,
        scan_attempts=0,
        next_scan_at=at,
        created_at=at,
    )
