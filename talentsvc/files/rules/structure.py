"""What bytes are, read from the bytes alone: the type, and signs that they are two things at once.

Needs no decoder, so that the cheap refusals come first; `parser` opens what passes here. A sniffer
calls `%PDF-1.7<script>` a PDF and a JPEG with a ZIP behind it a JPEG: both are refused here.
"""

from __future__ import annotations

import io
import re
import zipfile

from talentsvc.files.rules.refusals import RefusalCode, RefusedFile

JPEG = "image/jpeg"
PNG = "image/png"
PDF = "application/pdf"

#: First bytes of what we read; the type of everything else serves the message alone.
SIGNATURES = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))

#: First bytes of containers; office documents are ZIP archives too.
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)
TAR_MAGIC = (257, b"ustar")

#: Brands of the ISO container that phones use for HEIC pictures (ISO/IEC 23008-12).
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})

#: First bytes of programs, which may stand neither at the front nor behind a picture.
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")

#: Readers of PDF look for the header in this many first bytes, so others may hide there.
HEADER_REACH = 1024

#: The end mark must stand within this many last bytes, as PDF 1.7 (ISO 32000-1, annex H) asks.
TRAILER_REACH = 1024

_PDF_HEADER = re.compile(rb"%PDF-\d\.\d[\s%]")
_SCRIPT = re.compile(rb"<script|<\?php|<svg[\s>]|<html[\s>]|<iframe", re.IGNORECASE)
_FOREIGN_IN_IMAGE = re.compile(rb"%PDF-|<script|<\?php", re.IGNORECASE)
_SVG = re.compile(rb"<svg[\s>]|<!DOCTYPE\s+svg", re.IGNORECASE)


def media_type_of(data: bytes) -> str:
    """The type by content. Errors: RefusedFile for SVG, archives, HEIC and what has a script in front."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    for signature, media_type in SIGNATURES:
        if data.startswith(signature):
            return media_type
    if _is_svg(data):
        raise RefusedFile(RefusalCode.SVG)
    if _is_archive(data):
        raise RefusedFile(RefusalCode.ARCHIVE)
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise RefusedFile(RefusalCode.HEIC)
    if b"%PDF-" in data[:HEADER_REACH]:
        # Some programs put a byte order mark or blank lines in front; anything else is a disguise.
        if start.startswith(b"%PDF-"):
            return PDF
        raise RefusedFile(RefusalCode.POLYGLOT)
    return _type_for_the_message(data)


def refuse_polyglot(data: bytes, media_type: str) -> None:
    """Refuse bytes that another program would read as something else than `media_type`."""
    is_disguised = _is_disguised_pdf(data) if media_type == PDF else _is_disguised_image(data)
    if is_disguised or zipfile.is_zipfile(io.BytesIO(data)):
        raise RefusedFile(RefusalCode.POLYGLOT)


def png_pixels(data: bytes) -> int | None:
    """Width times height as the header of a PNG tells it, without reading further."""
    if data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")


def _is_svg(data: bytes) -> bool:
    head = data[:4096]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.replace(b"\x00", b"")
    return _SVG.search(head) is not None


def _is_archive(data: bytes) -> bool:
    offset, magic = TAR_MAGIC
    return data.startswith(ARCHIVES) or data[offset : offset + len(magic)] == magic


def _is_disguised_pdf(data: bytes) -> bool:
    start = data.find(b"%PDF-")
    if _PDF_HEADER.match(data, start) is None or _SCRIPT.search(data[:HEADER_REACH]):
        return True
    end = data.rfind(b"%%EOF")
    trailing = data[end + len(b"%%EOF") :].strip(b" \t\r\n\x00") if end >= 0 else b""
    return len(trailing) > TRAILER_REACH or _SCRIPT.search(trailing) is not None


def _is_disguised_image(data: bytes) -> bool:
    """Foreign content anywhere, or a program behind the picture.

    Other trailing bytes are common (phones append depth maps and short films) and end with the
    re-encoding.
    """
    if _FOREIGN_IN_IMAGE.search(data):
        return True
    return _trailing(data).startswith(PROGRAMS)


def _trailing(data: bytes) -> bytes:
    if data.startswith(b"\x89PNG"):
        end = data.find(b"IEND\xaeB`\x82")
        return data[end + 8 :] if end >= 0 else b""
    end = data.rfind(b"\xff\xd9")
    return data[end + 2 :] if end >= 0 else b""


def _type_for_the_message(data: bytes) -> str:
    """What an unknown file seems to be, by its first bytes."""
    import puremagic

    try:
        return str(puremagic.from_string(data[:65536], mime=True)) or "application/octet-stream"
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
