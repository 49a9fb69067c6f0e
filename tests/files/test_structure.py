"""What bytes are, and what hides in them, without opening them."""

import gzip
import io
import tarfile

import pytest

from talentsvc.files.rules.refusals import RefusalCode, RefusedFile
from talentsvc.files.rules.structure import media_type_of, png_pixels, refuse_polyglot
from tests.files.samples import archive, jpeg, pdf, png, png_of_claimed_size

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("inside.txt"))
    return out.getvalue()


def test_types_are_read_from_the_content():
    assert media_type_of(jpeg()) == "image/jpeg"
    assert media_type_of(png()) == "image/png"
    assert media_type_of(pdf()) == "application/pdf"
    assert media_type_of(b"\xef\xbb\xbf\n" + pdf()) == "application/pdf"
    assert media_type_of(b"GIF89a" + b"\0" * 40) == "image/gif"
    assert media_type_of(b"plain words") == "application/octet-stream"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SVG, RefusalCode.SVG),
        (b'<?xml version="1.0"?>\n<!-- x -->\n' + SVG, RefusalCode.SVG),
        (b"\xff\xfe" + SVG.decode().encode("utf-16-le"), RefusalCode.SVG),
        (archive(), RefusalCode.ARCHIVE),
        (gzip.compress(SVG, mtime=0), RefusalCode.ARCHIVE),
        (_tar(), RefusalCode.ARCHIVE),
        (b"Rar!\x1a\x07\x01\x00", RefusalCode.ARCHIVE),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", RefusalCode.HEIC),
        (b"<script>alert(1)</script>" + pdf(), RefusalCode.POLYGLOT),
        (b"#!/bin/sh\nexit\n" + pdf(), RefusalCode.POLYGLOT),
    ],
)
def test_other_kinds_are_named(data, reason):
    with pytest.raises(RefusedFile) as refused:
        media_type_of(data)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (jpeg(comment=pdf()), "image/jpeg"),
        (jpeg() + pdf(), "image/jpeg"),
        (jpeg() + archive(), "image/jpeg"),
        (jpeg(comment=b"<?php system($_GET['c']); ?>"), "image/jpeg"),
        (jpeg(comment=b"<ScRiPt>alert(1)</ScRiPt>"), "image/jpeg"),
        (jpeg() + b"MZ\x90\0program", "image/jpeg"),
        (png() + b"#!/bin/sh\n", "image/png"),
        (png() + archive(), "image/png"),
        (pdf() + archive(), "application/pdf"),
        (b"%PDF-1.7<script>alert(1)</script>\n" + pdf(), "application/pdf"),
        (b"%PDF-1.7\n<html ><body></body></html>\n" + pdf(), "application/pdf"),
        (pdf() + b"<script>alert(1)</script>", "application/pdf"),
        (pdf() + b"x" * 5000, "application/pdf"),
    ],
)
def test_two_things_at_once_are_refused(data, media_type):
    with pytest.raises(RefusedFile) as refused:
        refuse_polyglot(data, media_type)
    assert refused.value.reason is RefusalCode.POLYGLOT


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (jpeg(), "image/jpeg"),
        (jpeg() + b"SEFT trailer of a phone" + b"\1" * 3000, "image/jpeg"),
        (jpeg() + jpeg(40, 50), "image/jpeg"),
        (png(), "image/png"),
        (pdf(), "application/pdf"),
        (pdf() + b"\r\n" + b"\0" * 4000, "application/pdf"),
    ],
)
def test_what_honest_programs_write_passes(data, media_type):
    refuse_polyglot(data, media_type)


def test_a_pngs_pixels_are_read_from_its_header():
    assert png_pixels(png_of_claimed_size(50_000, 50_000)) == 2_500_000_000
    assert png_pixels(b"\x89PNG\r\n\x1a\n") is None
