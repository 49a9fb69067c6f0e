"""The checks of an upload (guarantees.md G14): type by content, sizes, pages, pixels, no disguise.

Nothing here knows the database. Images come back as newly encoded pixels, so no place, device or
comment survives; a PDF is evidence and stays as it came, since a signature in it must stay valid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from talentsvc.files.rules import names, structure
from talentsvc.files.rules.parser import parse
from talentsvc.files.rules.refusals import RefusalCode, RefusedFile

IMAGES = frozenset({structure.JPEG, structure.PNG})
DOCUMENTS = IMAGES | {structure.PDF}
LABELS = {structure.JPEG: "JPEG", structure.PNG: "PNG", structure.PDF: "PDF"}


@dataclass(frozen=True)
class UploadLimits:
    """What a file may measure at most (▲, origin: design).

    Bytes of the upload; pixels that are decoded; pixels that are kept, above which a picture is
    halved (25 million are an A4 page at 500 dpi); pages of a PDF.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_pixels: int = 60_000_000
    keep_pixels: int = 25_000_000
    max_pages: int = 60


@dataclass(frozen=True)
class InspectedFile:
    """A file that passed: what to keep and how to call it. Width and height are pixels of images."""

    media_type: str
    safe_name: str
    width: int | None
    height: int | None
    pages: int | None
    cleaned: bytes
    was_reencoded: bool


@dataclass(frozen=True)
class PortraitRule:
    """The shape of a portrait: 358 × 441 pixels ▲ (facts.md, evidence table).

    `ratio_slack` is how far width/height may be off, as a part of the ratio: 0.02 forgives a scanner's
    rounding. `fit_portrait` cuts anything larger to this shape.
    """

    width: int = 358
    height: int = 441
    ratio_slack: float = 0.02


PORTRAIT = PortraitRule()


def inspect_upload(
    name: str, data: bytes, accepts: frozenset[str], limits: UploadLimits
) -> InspectedFile:
    """Check an upload, cheapest checks first. Errors: RefusedFile."""
    _refuse_size(data, limits.max_bytes)
    names.refuse_control_characters(name)
    if names.claimed_extension(name) in {"svg", "svgz"}:
        raise RefusedFile(RefusalCode.SVG)
    media_type = structure.media_type_of(data)
    if media_type not in accepts or media_type not in DOCUMENTS:
        accepted = ", ".join(sorted(LABELS[kind] for kind in accepts & DOCUMENTS))
        raise RefusedFile(RefusalCode.TYPE_NOT_ALLOWED, found=media_type, accepted=accepted)
    names.refuse_other_claim(name, media_type)
    structure.refuse_polyglot(data, media_type)
    opened = _inspect_image if media_type in IMAGES else _inspect_pdf
    inspected = opened(data, media_type, limits)
    # A picture may grow a little when encoded anew; many a clamd takes (and looks at) 25 MiB only.
    _refuse_size(inspected.cleaned, limits.max_bytes * 6 // 5)
    return replace(inspected, safe_name=names.safe_name(name, media_type))


def check_portrait(width: int, height: int, rule: PortraitRule = PORTRAIT) -> None:
    """Refuse a portrait that is too small or has another shape. Errors: RefusedFile."""
    _refuse_small_portrait(width, height, rule)
    wanted = rule.width / rule.height
    if abs(width / height - wanted) > wanted * rule.ratio_slack:
        raise RefusedFile(RefusalCode.PORTRAIT_RATIO, width=rule.width, height=rule.height)


def fit_portrait(inspected: InspectedFile, rule: PortraitRule = PORTRAIT) -> InspectedFile:
    """Cut an inspected picture to the portrait's shape and exact size, as a JPEG.

    A phone's camera gives 3:4; asking a person to crop it by hand would stop most of them.
    Errors: RefusedFile when there are too few pixels to begin with.
    """
    _refuse_small_portrait(inspected.width or 0, inspected.height or 0, rule)
    made = parse(
        "fit_portrait",
        inspected.cleaned,
        width=rule.width,
        height=rule.height,
        max_pixels=UploadLimits().max_pixels,
    )
    return replace(
        inspected,
        media_type=structure.JPEG,
        safe_name=names.safe_name(inspected.safe_name, structure.JPEG),
        width=made.width,
        height=made.height,
        cleaned=made.made,
        was_reencoded=True,
    )


def render_pdf_page(data: bytes, index: int, width: int) -> bytes:
    """Page `index` (from 0) of a PDF as a PNG, `width` pixels wide. Errors: RefusedFile."""
    return parse("render_page", data, index=index, width=width).made


def thumbnail(data: bytes, width: int) -> bytes:
    """A JPEG or PNG as a PNG of at most `width` pixels, four times as high at most."""
    return parse("thumbnail", data, width=width, max_pixels=UploadLimits().max_pixels).made


def _refuse_size(data: bytes, max_bytes: int) -> None:
    if not data:
        raise RefusedFile(RefusalCode.EMPTY)
    if len(data) > max_bytes:
        raise RefusedFile(RefusalCode.TOO_LARGE, max_megabytes=max_bytes // (1024 * 1024))


def _refuse_small_portrait(width: int, height: int, rule: PortraitRule) -> None:
    if width < rule.width or height < rule.height:
        raise RefusedFile(RefusalCode.PORTRAIT_TOO_SMALL, width=rule.width, height=rule.height)


def _inspect_image(data: bytes, media_type: str, limits: UploadLimits) -> InspectedFile:
    pixels = structure.png_pixels(data) if media_type == structure.PNG else None
    if pixels is not None and pixels > limits.max_pixels:
        raise RefusedFile(RefusalCode.TOO_MANY_PIXELS, max_pixels=limits.max_pixels)
    found = parse("clean_image", data, max_pixels=limits.max_pixels, keep_pixels=limits.keep_pixels)
    return InspectedFile(media_type, "", found.width, found.height, None, found.made, True)


def _inspect_pdf(data: bytes, media_type: str, limits: UploadLimits) -> InspectedFile:
    found = parse("inspect_pdf", data, max_pages=limits.max_pages)
    return InspectedFile(media_type, "", None, None, found.pages, data, False)
