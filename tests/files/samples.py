"""Files for the tests, made in code: pictures, documents, and what somebody might hide in them."""

import hashlib
import io
import struct
import zipfile
import zlib

from PIL import Image

from deploy.local.demo_scanner import EICAR

RED_PAGE = b"1 0 0 rg 0 0 200 300 re f"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R%s>>"
PASSWORD_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def jpeg(width: int = 400, height: int = 500, colour: str = "red", **options) -> bytes:
    """A picture of one colour; `options` go to Pillow's encoder."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", **options)
    return out.getvalue()


def png(width: int = 400, height: int = 500, mode: str = "RGB", colour="red") -> bytes:
    """A picture of one colour in one of Pillow's modes."""
    out = io.BytesIO()
    Image.new(mode, (width, height), colour).save(out, "PNG")
    return out.getvalue()


def photo_with_place() -> bytes:
    """A picture lying on its side, blue above red once upright, with a camera's name and a place."""
    picture = Image.new("RGB", (600, 400), "red")
    picture.paste("blue", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x0110] = "Invented Camera"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (38.0, 2.0, 30.0), "E", (114.0, 30.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"invented comment", quality=95)
    return out.getvalue()


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A PNG whose header claims a size, with hardly any data behind it."""
    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def document(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, of which the first is its catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return out


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object's content."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def pdf(
    *,
    pages: int = 1,
    catalogue: bytes = b"",
    page: bytes = b"",
    extra: tuple[bytes, ...] = (),
    content: bytes = RED_PAGE,
    trailer: bytes = b"",
) -> bytes:
    """A PDF of red pages; `extra` objects are numbered from 5."""
    first_more = 5 + len(extra)
    kids = b" ".join(
        b"%d 0 R" % number for number in (3, *range(first_more, first_more + pages - 1))
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        PAGE % page,
        stream(content),
        *extra,
        *[PAGE % b""] * (pages - 1),
    ]
    return document(objects, trailer)


def pdf_with_eicar() -> bytes:
    """A document that is whole, opens everywhere, and holds the scanners' test text."""
    return pdf(extra=(stream(EICAR),))


def pdf_with_packed_script() -> bytes:
    """A script packed into a compressed object stream, where no search of the bytes finds it."""
    packed = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>",
        4: b"<</S/JavaScript/JS(app.alert)>>",
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
    }
    numbers, body = b"", b""
    for number, content in packed.items():
        numbers += b"%d %d " % (number, len(body))
        body += content + b" "
    return _with_object_stream(zlib.compress(numbers + body), len(numbers))


def pdf_bomb(megabytes: int) -> bytes:
    """An object stream that unfolds to so many megabytes of blanks."""
    squeeze = zlib.compressobj(9)
    blank = b" " * (1 << 20)
    squeezed = b"".join(squeeze.compress(blank) for _ in range(megabytes)) + squeeze.flush()
    return _with_object_stream(squeezed, 24)


def _with_object_stream(squeezed: bytes, first: int) -> bytes:
    entries = b"/Type/ObjStm/N 4/First %d/Filter/FlateDecode" % first
    out = b"%PDF-1.7\n"
    objects_at = len(out)
    out += b"5 0 obj\n%s\nendobj\n" % stream(squeezed, entries)
    table_at = len(out)
    places = [
        (0, 0, 255),
        (2, 5, 3),
        (2, 5, 0),
        (2, 5, 1),
        (2, 5, 2),
        (1, objects_at, 0),
        (1, table_at, 0),
    ]
    table = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + bytes([index]) for kind, where, index in places
    )
    out += b"6 0 obj\n%s\nendobj\n" % stream(table, b"/Type/XRef/Size 7/W[1 4 1]/Root 1 0 R")
    return out + b"startxref\n%d\n%%%%EOF\n" % table_at


def locked_pdf(user_password: bytes, owner_password: bytes = b"owner") -> bytes:
    """A PDF under RC4 with 40 bits (ISO 32000-1, 7.6.3); an empty user password opens freely."""
    ident, rights = b"0123456789abcdef", -44
    owner_key = hashlib.md5(_padded(owner_password), usedforsecurity=False).digest()[:5]
    owner_entry = _rc4(owner_key, _padded(user_password))
    seed = _padded(user_password) + owner_entry + struct.pack("<i", rights) + ident
    key = hashlib.md5(seed, usedforsecurity=False).digest()[:5]
    user_entry = _rc4(key, PASSWORD_PAD)
    entries = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>" % (
        owner_entry.hex().encode(),
        user_entry.hex().encode(),
        rights,
    )
    content = _rc4(hashlib.md5(key + b"\4\0\0\0\0", usedforsecurity=False).digest()[:10], RED_PAGE)
    trailer = b"/Encrypt 5 0 R/ID[<%s><%s>]" % (ident.hex().encode(), ident.hex().encode())
    return pdf(extra=(entries,), content=content, trailer=trailer)


def _padded(password: bytes) -> bytes:
    return (password + PASSWORD_PAD)[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def archive(content: bytes = b"content") -> bytes:
    """A ZIP with one entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inside.txt", content)
    return out.getvalue()


def pixel(data: bytes, x: int, y: int) -> tuple[int, ...]:
    """The colour of one pixel."""
    with Image.open(io.BytesIO(data)) as picture:
        found = picture.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found
