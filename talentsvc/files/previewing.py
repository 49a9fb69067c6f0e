"""Previews on their way from the drawing to a row: sealed before the transaction that keeps them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from talentsvc.core.ids import uuid7
from talentsvc.files.models import StoredFile
from talentsvc.files.rules.previews import draw_preview, kept_variants
from talentsvc.files.rules.refusals import RefusedFile
from talentsvc.files.rules.structure import PNG
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.files.vault import put_sealed

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SealedPreview:
    """A preview whose bytes are stored and whose row is not written yet."""

    id: UUID
    variant: str
    byte_size: int
    sha256: bytes
    storage_key: str
    key_id: str


def seal_previews(data: bytes, media_type: str, page_count: int | None) -> list[SealedPreview]:
    """Draw and seal what is kept; a file that cannot be drawn has no previews and stays a download."""
    previews = []
    for variant in kept_variants(media_type, page_count):
        try:
            drawn = draw_preview(data, media_type, page_count, variant)
        except RefusedFile as refused:
            log.warning("preview_not_drawn", variant=variant, code=refused.code)
            continue
        preview_id = uuid7()
        digest = hashlib.sha256(drawn).digest()
        sealed = put_sealed(preview_id, drawn)
        previews.append(SealedPreview(preview_id, variant, len(drawn), digest, *sealed))
    return previews


def preview_row(parent: StoredFile, preview: SealedPreview, at: datetime) -> StoredFile:
    """The row of a preview: as sensitive as its file, and clean because we drew it ourselves."""
    return StoredFile(
        id=preview.id,
        purpose=FilePurpose.PREVIEW,
        parent_id=parent.id,
        variant=preview.variant,
        holder_person_id=parent.holder_person_id,
        holder_account_id=parent.holder_account_id,
        original_name=f"{preview.variant}.png",
        media_type=PNG,
        byte_size=preview.byte_size,
        sha256=preview.sha256,
        storage_key=preview.storage_key,
        key_id=preview.key_id,
        is_sensitive=parent.is_sensitive,
        scan_state=ScanState.CLEAN,
        scan_detail="drawn from a clean file",
        scan_attempts=0,
        scanned_at=at,
        created_at=at,
    )
