"""Reading files: their bytes if the scanner called them clean, their previews, and those in trouble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.rules.previews import draw_preview, named_variant, view_variants
from talentsvc.files.rules.readiness import refuse_unready
from talentsvc.files.rules.scan_plan import stuck_before
from talentsvc.files.storage import NoSuchFile
from talentsvc.files.terms import ScanState
from talentsvc.files.vault import open_sealed

BATCH = 500

#: A query that gives ids.
Ids = Select[UUID]

_IS_INFECTED = StoredFile.scan_state == ScanState.INFECTED


def file_bytes(stored: StoredFile) -> bytes:
    """The plaintext of a clean file.

    Errors: FileNotReady unless the scanner called it clean; NotFoundHere once removed;
    CannotDecrypt when the keys are not those it was sealed with.
    """
    refuse_unready(stored.scan_state, stored.removed_at)
    try:
        return open_sealed(stored.id, stored.storage_key)
    except NoSuchFile:
        raise NotFoundHere from None


def preview_bytes(stored: StoredFile, variant: str) -> bytes:
    """A preview as a PNG: the kept one, else drawn now.

    `variant` is "thumbnail", "preview" for the picture or the first page, "view" for pictures,
    "page-1" and so on for PDFs. Errors: those of
    `file_bytes` for the file itself, NotFoundHere for a preview it has not, RefusedFile when it
    cannot be drawn.
    """
    refuse_unready(stored.scan_state, stored.removed_at)
    named = named_variant(stored.media_type, stored.page_count, variant)
    statement = select(StoredFile).where(
        StoredFile.parent_id == stored.id,
        StoredFile.variant == named,
        StoredFile.removed_at.is_(None),
    )
    kept = db.session.execute(statement).scalars().first()
    if kept is not None:
        return file_bytes(kept)
    return draw_preview(file_bytes(stored), stored.media_type, stored.page_count, named)


def preview_variants(stored: StoredFile) -> list[str]:
    """The previews that together show a whole file; empty while nothing may be shown."""
    if stored.scan_state is not ScanState.CLEAN or stored.removed_at is not None:
        return []
    return view_variants(stored.media_type, stored.page_count)


def files_by_id(ids: Iterable[UUID]) -> dict[UUID, StoredFile]:
    """Rows for ids, in one query."""
    statement = select(StoredFile).where(StoredFile.id.in_(list(ids)))
    return {stored.id: stored for stored in db.session.execute(statement).scalars()}


def files_needing_a_person(*, at: datetime, limit: int = BATCH) -> Sequence[StoredFile]:
    """Infected files and stuck ones, oldest first, for a person to see (guarantees.md G16)."""
    return _oldest(or_(_IS_INFECTED, _is_stuck(at)), None, limit)


def infected_files(*, except_for: Ids | None = None, limit: int = BATCH) -> Sequence[StoredFile]:
    """Infected files whose id is not among those of a query: those that have their task already."""
    return _oldest(_IS_INFECTED, except_for, limit)


def stuck_files(
    *, at: datetime, except_for: Ids | None = None, limit: int = BATCH
) -> Sequence[StoredFile]:
    """Files without the scanner's answer for two hours, except for the ids of a query."""
    return _oldest(_is_stuck(at), except_for, limit)


def _is_stuck(at: datetime) -> ColumnElement[bool]:
    return and_(
        StoredFile.scan_state.in_((ScanState.WAITING, ScanState.UNAVAILABLE)),
        StoredFile.created_at <= stuck_before(at),
    )


def _oldest(
    condition: ColumnElement[bool], except_for: Ids | None, limit: int
) -> Sequence[StoredFile]:
    statement = select(StoredFile).where(condition, StoredFile.removed_at.is_(None))
    if except_for is not None:
        statement = statement.where(StoredFile.id.not_in(except_for))
    statement = statement.order_by(StoredFile.created_at, StoredFile.id).limit(limit)
    return db.session.execute(statement).scalars().all()
