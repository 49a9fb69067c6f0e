"""Opens one untrusted file in a process of its own, with limits; run as a script, never imported.

Why a process: PDFium may not be used from several threads, a PDF of 2 MB can unfold to 4 GB, and a
fault in a decoder must end neither the web process nor reach its keys. The process gets the bytes
on stdin, has no environment, cannot write a file, and answers on stdout with one line of JSON and
then, where the command gives any, bytes. Memory and processor time are limited by the kernel.
"""

from __future__ import annotations

import io
import json
import re
import resource
import struct
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image
    from pypdfium2 import PdfDocument, PdfPage

Answer = tuple[dict[str, Any], bytes]

#: Names in a PDF that make it act, fetch, or carry another file. Looked for in what PDFium writes
#: back, where names are no longer disguised (`/J#53`) or packed into compressed object streams.
ACTIVE_NAMES = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFile|EF|XFA|RichMedia|GoToE|ImportData|SubmitForm)"
    rb"(?=[\s/<>()\[\]]|$)"
)

#: A stream's body in the same text. PDFium escapes line ends in strings and names, so this opening
#: stands only where a stream truly begins.
STREAM_BODY = re.compile(rb">>stream\r?\n.*?endstream", re.DOTALL)

#: A rendered page may be this many times higher than wide before it is scaled down.
TALLEST_PAGE = 4

#: PDFium's answer to a file that opens only with a password.
PASSWORD_NEEDED = 4

#: How a portrait is cut from a larger picture: faces are nearer the top than the middle.
PORTRAIT_HEADROOM = 0.4


class Refused(Exception):
    """The file is not taken, for one of the reasons of `RefusalCode`."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "params": params}


def confine(memory_bytes: int, seconds: int) -> None:
    """Limit this process: address space, processor time, no file may grow, no core dump."""
    for limit, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def open_image(data: bytes, max_pixels: int) -> Image.Image:
    """Read an image's header; the pixels are not decoded yet."""
    from PIL import Image

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = max_pixels
    try:
        return Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("too_many_pixels", max_pixels=max_pixels) from error


def decoded(image: Image.Image, keep_pixels: int) -> Image.Image:
    """The upright picture in grey or RGB, halved while it has more than `keep_pixels`."""
    while image.format == "JPEG" and image.width * image.height > keep_pixels:
        before = image.size
        image.draft(None, (image.width // 2, image.height // 2))
        if image.size == before:
            break
    image.load()
    turn_upright(image)
    picture = plain_mode(image)
    while picture.width * picture.height > keep_pixels:
        picture = picture.reduce(2)
    return picture


def turn_upright(image: Image.Image) -> None:
    """Turn the picture as its EXIF data ask; damaged EXIF data do not make a picture unreadable."""
    from PIL import ImageOps

    with suppress(struct.error, SyntaxError, ValueError, KeyError, TypeError, IndexError):
        ImageOps.exif_transpose(image, in_place=True)


def plain_mode(image: Image.Image) -> Image.Image:
    """The same picture in grey or RGB, as it looks on white paper: nothing hides in transparency."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    if image.mode.startswith("I"):
        # Grey of 16 bits: Pillow's own conversion would turn every bright pixel white.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return (
        image if image.mode in {"L", "RGB"} else image.convert("L" if image.mode == "1" else "RGB")
    )


def encoded(image: Image.Image, kind: str) -> bytes:
    """The pixels alone in a new file: no EXIF, no place, no comment, no profile, no trailing data."""
    image.info.clear()
    out = io.BytesIO()
    if kind == "JPEG":
        image.save(out, "JPEG", quality=90)
    else:
        image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def clean_image(data: bytes, max_pixels: int, keep_pixels: int) -> Answer:
    """Decode and encode again in the format it came in."""
    image = open_image(data, max_pixels)
    kind = str(image.format)
    picture = decoded(image, keep_pixels)
    return {"width": picture.width, "height": picture.height}, encoded(picture, kind)


def thumbnail(data: bytes, width: int, max_pixels: int) -> Answer:
    """A PNG at most `width` wide, never larger than the picture."""
    image = open_image(data, max_pixels)
    image.draft(None, (width, width * image.height // image.width))
    picture = decoded(image, max_pixels)
    picture.thumbnail((width, width * TALLEST_PAGE))
    return {"width": picture.width, "height": picture.height}, encoded(picture, "PNG")


def fit_portrait(data: bytes, width: int, height: int, max_pixels: int) -> Answer:
    """Cut a picture to a portrait's shape and size, a little above its middle; gives a JPEG."""
    from PIL import ImageOps

    picture = decoded(open_image(data, max_pixels), max_pixels)
    fitted = ImageOps.fit(
        picture.convert("RGB"), (width, height), centering=(0.5, PORTRAIT_HEADROOM)
    )
    return {"width": width, "height": height}, encoded(fitted, "JPEG")


def open_pdf(data: bytes) -> PdfDocument:
    """Open a document without a password; an owner's password alone does not hinder reading."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == PASSWORD_NEEDED
        raise Refused("encrypted_pdf" if is_locked else "damaged") from error


def refuse_active_content(document: PdfDocument) -> None:
    """Refuse scripts, launches, embedded files and XFA forms, however they were packed."""
    import pypdfium2.raw

    rewritten = io.BytesIO()
    document.save(rewritten, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    if ACTIVE_NAMES.search(STREAM_BODY.sub(b">>", rewritten.getvalue())):
        raise Refused("active_content")


def inspect_pdf(data: bytes, max_pages: int) -> Answer:
    """Count the pages, open the first and the last, refuse what acts."""
    document = open_pdf(data)
    pages = len(document)
    if pages == 0:
        raise Refused("damaged")
    if pages > max_pages:
        raise Refused("too_many_pages", pages=pages, max_pages=max_pages)
    for index in {0, pages - 1}:
        document[index].close()
    refuse_active_content(document)
    return {"pages": pages}, b""


def render_page(data: bytes, index: int, width: int) -> Answer:
    """One page as a PNG `width` wide, with what is filled into its form; scripts are not run."""
    document = open_pdf(data)
    document.init_forms()
    if not 0 <= index < len(document):
        raise Refused("damaged")
    page = document[index]
    picture = page.render(scale=page_scale(page, width), may_draw_forms=True).to_pil()
    return {"width": picture.width, "height": picture.height}, encoded(plain_mode(picture), "PNG")


def page_scale(page: PdfPage, width: int) -> float:
    """Pixels per point, bounded for pages that are much higher than wide."""
    page_width, page_height = page.get_size()
    return float(min(width / page_width, width * TALLEST_PAGE / page_height))


COMMANDS: dict[str, Callable[..., Answer]] = {
    "clean_image": clean_image,
    "thumbnail": thumbnail,
    "fit_portrait": fit_portrait,
    "inspect_pdf": inspect_pdf,
    "render_page": render_page,
}


def answer_for(command: str, data: bytes, options: dict[str, int]) -> Answer:
    """Run one command; whatever a decoder raises means that the file cannot be read."""
    try:
        return COMMANDS[command](data, **options)
    except Refused as refused:
        return refused.answer, b""
    except MemoryError:
        return {"refused": "too_complex", "params": {}}, b""
    except Exception as error:
        # Decoders raise anything from OSError to struct.error; the kind helps in the log.
        return {"refused": "damaged", "params": {}, "cause": type(error).__name__}, b""


def main() -> None:
    """`parser_child.py COMMAND OPTIONS MEMORY_BYTES SECONDS`, the file on stdin."""
    command, options, memory_bytes, seconds = sys.argv[1:]
    if "pdf" in command or "page" in command:
        import pypdfium2.raw  # noqa: F401 - loaded before the limits, so that these bound the file alone
    from PIL import Image, JpegImagePlugin, PngImagePlugin  # noqa: F401 - the same

    data = sys.stdin.buffer.read()
    confine(int(memory_bytes), int(seconds))
    head, body = answer_for(command, data, json.loads(options))
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
