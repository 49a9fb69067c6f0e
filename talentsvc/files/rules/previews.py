"""Which pictures of a file can be looked at without opening the file itself.

A preview is always a newly drawn PNG: a browser never gets bytes that somebody uploaded to show.
"""

from __future__ import annotations

import re

from talentsvc.core.errors import NotFoundHere
from talentsvc.files.rules import structure
from talentsvc.files.rules.checks import IMAGES, render_pdf_page, thumbnail

THUMBNAIL = "thumbnail"
PREVIEW = "preview"
VIEW = "view"
THUMBNAIL_WIDTH = 320
VIEW_WIDTH = 1000

_PAGE = re.compile(r"page-([1-9][0-9]{0,3})")


def page_variant(page: int) -> str:
    """The name of a page's preview; pages count from 1."""
    return f"page-{page}"


def view_variants(media_type: str, page_count: int | None) -> list[str]:
    """The previews that together show the whole file."""
    if media_type in IMAGES:
        return [VIEW]
    if media_type == structure.PDF:
        return [page_variant(page) for page in range(1, (page_count or 0) + 1)]
    return []


def named_variant(media_type: str, page_count: int | None, variant: str) -> str:
    """The preview a name means: "preview" is the picture, or the first page.

    Errors: NotFoundHere for a preview that such a file has not.
    """
    views = view_variants(media_type, page_count)
    named = views[0] if views and variant == PREVIEW else variant
    if not views or named not in {THUMBNAIL, *views}:
        raise NotFoundHere
    return named


def kept_variants(media_type: str, page_count: int | None) -> list[str]:
    """The previews that are drawn once, after the scan; further pages are drawn when looked at."""
    views = view_variants(media_type, page_count)
    return [THUMBNAIL, views[0]] if views else []


def draw_preview(data: bytes, media_type: str, page_count: int | None, variant: str) -> bytes:
    """Draw one preview as a PNG. Errors: NotFoundHere for a preview this file has not; RefusedFile."""
    named = named_variant(media_type, page_count, variant)
    width = THUMBNAIL_WIDTH if named == THUMBNAIL else VIEW_WIDTH
    if media_type in IMAGES:
        return thumbnail(data, width)
    page = _PAGE.fullmatch(named)
    return render_pdf_page(data, int(page.group(1)) - 1 if page else 0, width)
