"""Scanning in three steps: lease and commit; scan with no transaction open; mark and commit.

A worker that dies in between loses nothing: the lease runs out and another one scans again, which
harms nobody. Without a scanner every file stays waiting, and nothing is given out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.core.clock import now
from talentsvc.core.crypto import CannotDecrypt
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.previewing import SealedPreview, preview_row, seal_previews
from talentsvc.files.rules.scan_plan import LEASE, next_scan_at
from talentsvc.files.scanning import Scanner, ScanVerdict
from talentsvc.files.storage import NoSuchFile
from talentsvc.files.terms import ScanState
from talentsvc.files.vault import open_sealed

BATCH = 20
UNANSWERED = (ScanState.WAITING, ScanState.UNAVAILABLE)


@dataclass(frozen=True)
class LeasedFile:
    """One file in a worker's hands."""

    id: UUID
    storage_key: str
    media_type: str
    page_count: int | None


def scan_files(scanner: Scanner | None, *, limit: int = BATCH) -> int:
    """Scan up to `limit` due files, one after the other. Returns how many were tried."""
    if scanner is None:
        return 0
    for tried in range(limit):
        with unit_of_work():
            leased = lease_next(at=now())
        if leased is None:
            return tried
        scan_leased(leased, scanner)
    return limit


def lease_next(*, at: datetime) -> LeasedFile | None:
    """Take the file that has waited longest and that no other worker holds."""
    statement = (
        select(StoredFile)
        .where(
            StoredFile.scan_state.in_(UNANSWERED),
            StoredFile.next_scan_at <= at,
            StoredFile.removed_at.is_(None),
        )
        .order_by(StoredFile.next_scan_at, StoredFile.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    stored = db.session.execute(statement).scalar_one_or_none()
    if stored is None:
        return None
    stored.next_scan_at = at + LEASE
    stored.scan_attempts += 1
    return LeasedFile(stored.id, stored.storage_key, stored.media_type, stored.page_count)


def scan_leased(leased: LeasedFile, scanner: Scanner) -> None:
    """Scan one leased file, draw its previews when it is clean, and write both down."""
    previews: list[SealedPreview] = []
    try:
        data = open_sealed(leased.id, leased.storage_key)
    except (NoSuchFile, CannotDecrypt, OSError) as error:
        verdict = ScanVerdict(ScanState.UNAVAILABLE, type(error).__name__)
    else:
        verdict = scanner.scan(data)
        if verdict.state is ScanState.CLEAN:
            previews = seal_previews(data, leased.media_type, leased.page_count)
    with unit_of_work():
        _mark(leased.id, verdict, previews, at=now())


def _mark(
    file_id: UUID, verdict: ScanVerdict, previews: list[SealedPreview], *, at: datetime
) -> None:
    """Write the answer down, unless another worker was faster or the file is gone."""
    statement = select(StoredFile).where(StoredFile.id == file_id).with_for_update()
    stored = db.session.execute(statement).scalar_one()
    if stored.scan_state not in UNANSWERED or stored.removed_at is not None:
        return
    stored.scan_state = verdict.state
    stored.scan_detail = verdict.detail
    if verdict.state in UNANSWERED:
        stored.next_scan_at = next_scan_at(stored.scan_attempts, at)
        return
    stored.scanned_at = at
    stored.next_scan_at = None
    db.session.add_all(preview_row(stored, preview, at) for preview in previews)
