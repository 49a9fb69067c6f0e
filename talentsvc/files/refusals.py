"""The sentences for a refused upload and for a file that cannot be opened yet."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.files.rules.refusals import RefusalCode, RefusedFile
from talentsvc.files.terms import ScanState

_SENTENCES: dict[RefusalCode, Any] = {
    RefusalCode.EMPTY: _l("This file is empty. Choose another one."),
    RefusalCode.TOO_LARGE: _l(
        "This file is larger than %(max_megabytes)s MB. Save it smaller, or split it into several files."
    ),
    RefusalCode.TYPE_NOT_ALLOWED: _l(
        "This kind of file is not accepted here. Upload one of these: %(accepted)s."
    ),
    RefusalCode.TYPE_MISMATCH: _l(
        "The name ends with .%(claimed)s, but the content is %(found)s. Choose the right file, or correct its name."
    ),
    RefusalCode.HEIC: _l(
        "This is an HEIC picture. On an iPhone choose Settings, Camera, Formats, Most Compatible and take it again, or save it as JPEG."
    ),
    RefusalCode.SVG: _l("SVG drawings are not accepted. Save it as PDF, JPEG or PNG."),
    RefusalCode.ARCHIVE: _l(
        "Archives and office documents are not accepted. Save each document as PDF and upload it by itself."
    ),
    RefusalCode.DAMAGED: _l(
        "This file is damaged or was not transferred completely. Open it on your device, save it again and upload it once more."
    ),
    RefusalCode.TOO_COMPLEX: _l(
        "This file took too long to open. Print it to a new PDF, or take a photo of it, and upload that."
    ),
    RefusalCode.TOO_MANY_PIXELS: _l("This picture has too many pixels. Save it smaller."),
    RefusalCode.TOO_MANY_PAGES: _l(
        "This PDF has %(pages)s pages; at most %(max_pages)s are possible. Upload the pages that matter."
    ),
    RefusalCode.ENCRYPTED_PDF: _l(
        "This PDF opens only with a password. Save it without one and upload it again."
    ),
    RefusalCode.ACTIVE_CONTENT: _l(
        "This PDF holds scripts, forms that act, or embedded files. Print it to a new PDF and upload that."
    ),
    RefusalCode.POLYGLOT: _l(
        "Something else is hidden in this file. Open it, save it anew and upload the new file."
    ),
    RefusalCode.NAME_CONTROL_CHARACTERS: _l(
        "The file's name holds invisible control characters. Rename the file and upload it again."
    ),
    RefusalCode.PORTRAIT_TOO_SMALL: _l(
        "This photo is too small. It needs at least %(width)s × %(height)s pixels."
    ),
    RefusalCode.PORTRAIT_RATIO: _l(
        "This photo has the wrong shape. Its width and height must be as %(width)s to %(height)s."
    ),
}

_NOT_READY: dict[ScanState, Any] = {
    ScanState.WAITING: _l("This file is still being checked for viruses. Try again in a moment."),
    ScanState.UNAVAILABLE: _l(
        "The virus check is not available right now. The file is kept safely and will be checked as soon as possible."
    ),
    ScanState.INFECTED: _l(
        "The virus check found something harmful in this file, so nobody can open it. Upload a clean copy."
    ),
}


def refusal_sentence(refused: RefusedFile) -> str:
    """What to tell the person who chose the file: what is wrong and what to do about it."""
    return str(_SENTENCES[refused.reason]) % refused.params


def not_ready_sentence(scan_state: ScanState) -> str:
    """Why a file cannot be opened. Only for files that are not clean."""
    return str(_NOT_READY[scan_state])
