"""Papers of invented cases: stored like uploads, but without the second that checking one takes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.files.vault import put_sealed
from tests.files.samples import jpeg, pdf
from tests.people.world import Someone


def stored_paper(code: str, who: Someone, scan_state: ScanState, at: datetime) -> StoredFile:
    """A picture or a document for one item; inside a unit of work."""
    is_picture = code in ("portrait", "id_document_front", "id_document_back")
    data = jpeg(358, 441) if is_picture else pdf()
    file_id = uuid7()
    storage_key, key_id = put_sealed(file_id, data)
    stored = StoredFile(
        id=file_id,
        purpose=FilePurpose.PORTRAIT if code == "portrait" else FilePurpose.EVIDENCE,
        holder_account_id=who.account_id,
        original_name=f"{code}.{'jpg' if is_picture else 'pdf'}",
        media_type="image/jpeg" if is_picture else "application/pdf",
        byte_size=len(data),
        sha256=hashlib.sha256(data).digest(),
        storage_key=storage_key,
        key_id=key_id,
        width=358 if is_picture else None,
        height=441 if is_picture else None,
        page_count=None if is_picture else 1,
        is_sensitive=code.startswith("id_document"),
        scan_state=scan_state,
        scanned_at=at if scan_state is ScanState.CLEAN else None,
        scan_attempts=1,
        created_at=at,
    )
    db.session.add(stored)
    db.session.flush()
    return stored
