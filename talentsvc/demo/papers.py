"""Sample papers of the demonstration: drawn here, checked once, stored like any upload."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.previewing import SealedPreview, preview_row
from talentsvc.files.rules.previews import draw_preview, kept_variants
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.files.vault import put_sealed

PORTRAIT_SIZE = (358, 441)
#: Each is drawn, and its previews too, once; more of them make the demonstration start later.
COATS = 8


@dataclass(frozen=True)
class Sample:
    """A paper that is stored many times; each copy is sealed under a key of its own."""

    name: str
    media_type: str
    data: bytes
    width: int | None
    height: int | None
    pages: int | None


def portrait(hue: int) -> Sample:
    """A drawn head and shoulders, JPEG; nobody's face."""
    from PIL import Image, ImageDraw

    hue, (width, height) = hue % COATS, PORTRAIT_SIZE
    picture = Image.new("RGB", PORTRAIT_SIZE, (214, 226, 220))
    pen = ImageDraw.Draw(picture)
    coat = ((40 + hue * 37) % 120, (70 + hue * 23) % 110, (80 + hue * 11) % 130)
    pen.ellipse((30, 300, width - 30, height + 180), fill=coat)
    pen.ellipse((104, 90, 254, 290), fill=(233, 200, 172))
    pen.pieslice((92, 64, 266, 250), 180, 360, fill=(38, 32, 30))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return Sample("portrait.jpg", "image/jpeg", out.getvalue(), width, height, None)


def paper(title: str) -> Sample:
    """A one-page PDF that says what it stands for, in Latin letters, so that it needs no font."""
    text = f"BT /F1 20 Tf 60 760 Td (SAMPLE - {title}) Tj ET BT /F1 12 Tf 60 730 Td (invented, for demonstration) Tj ET"
    stream = text.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += str(number).encode() + b" 0 obj\n" + content + b"\nendobj\n"
    start = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n"
    body += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    body += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + str(start).encode() + b"\n%%EOF\n"
    return Sample(f"{title}.pdf", "application/pdf", bytes(body), None, None, 1)


def store(sample: Sample, purpose: FilePurpose, *, account_id: UUID, at: datetime) -> StoredFile:
    """Store one copy with its previews, as it stands once the scanner has passed it.

    We drew the samples ourselves a moment ago. Hundreds of them waiting for the scanner would keep
    the first visitor's own upload waiting for minutes.
    """
    file_id = uuid7()
    storage_key, key_id = put_sealed(file_id, sample.data)
    stored = StoredFile(
        id=file_id,
        purpose=purpose,
        holder_account_id=account_id,
        original_name=sample.name,
        media_type=sample.media_type,
        byte_size=len(sample.data),
        sha256=hashlib.sha256(sample.data).digest(),
        storage_key=storage_key,
        key_id=key_id,
        width=sample.width,
        height=sample.height,
        page_count=sample.pages,
        is_sensitive=purpose is FilePurpose.EVIDENCE,
        scan_state=ScanState.CLEAN,
        scan_detail="drawn by the demonstration",
        scan_attempts=0,
        scanned_at=at,
        created_at=at,
    )
    db.session.add(stored)
    db.session.flush()
    db.session.add_all(preview_row(stored, preview, at) for preview in _previews(sample))
    return stored


def _previews(sample: Sample) -> list[SealedPreview]:
    """Previews for one copy, each sealed under a key of its own."""
    found = []
    for variant in kept_variants(sample.media_type, sample.pages):
        drawn = _drawn(sample, variant)
        preview_id = uuid7()
        sealed = put_sealed(preview_id, drawn)
        digest = hashlib.sha256(drawn).digest()
        found.append(SealedPreview(preview_id, variant, len(drawn), digest, *sealed))
    return found


@lru_cache(maxsize=64)
def _drawn(sample: Sample, variant: str) -> bytes:
    return draw_preview(sample.data, sample.media_type, sample.pages, variant)
