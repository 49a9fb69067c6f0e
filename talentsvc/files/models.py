"""Stored files: random keys, one envelope each, and what the scanner said."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, enum_column, key_column
from talentsvc.files.terms import FilePurpose, ScanState


class StoredFile(Model):
    """One file, encrypted outside the web root under a random key."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("byte_size > 0", name="size"),
        Index(
            "ix_stored_file_scan",
            "next_scan_at",
            postgresql_where="scan_state IN ('waiting', 'unavailable')",
        ),
        Index("ix_stored_file_parent", "parent_id"),
    )

    id: Mapped[UUID] = key_column()
    purpose: Mapped[FilePurpose] = enum_column(FilePurpose, comment="what it is kept for")
    holder_person_id: Mapped[UUID | None] = mapped_column(comment="person it is about")
    holder_account_id: Mapped[UUID | None] = mapped_column(comment="account that uploaded it")
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="the file this is a preview of"
    )
    variant: Mapped[str | None] = mapped_column(comment="which preview: thumbnail, page-1 ...")
    original_name: Mapped[str] = mapped_column(comment="cleaned name as uploaded")
    media_type: Mapped[str] = mapped_column(comment="type by content, never by the name")
    byte_size: Mapped[int] = mapped_column(comment="bytes of the plaintext")
    sha256: Mapped[bytes] = mapped_column(comment="hash of the plaintext")
    storage_key: Mapped[str] = mapped_column(unique=True, comment="random key in the storage")
    key_id: Mapped[str] = mapped_column(comment="encryption key of the envelope")
    width: Mapped[int | None] = mapped_column(comment="pixels")
    height: Mapped[int | None] = mapped_column(comment="pixels")
    page_count: Mapped[int | None] = mapped_column(comment="pages of a PDF")
    is_sensitive: Mapped[bool] = mapped_column(
        default=False, comment="deleted by the retention rule after checking"
    )
    scan_state: Mapped[ScanState] = enum_column(
        ScanState, comment="waiting, clean, infected or unavailable"
    )
    scan_detail: Mapped[str | None] = mapped_column(comment="signature name or reason")
    scanned_at: Mapped[datetime | None] = mapped_column(comment="when the scanner answered")
    scan_attempts: Mapped[int] = mapped_column(default=0, comment="tries to scan")
    next_scan_at: Mapped[datetime | None] = mapped_column(
        comment="scan not before; none once answered"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when it was uploaded")
    removed_at: Mapped[datetime | None] = mapped_column(
        comment="when its bytes were deleted; the row stays"
    )
