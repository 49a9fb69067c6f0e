"""Why an uploaded file is not taken: a code for the program, values for the sentence.

The sentences are in `talentsvc.files.refusals`, since rules know no language.
"""

from __future__ import annotations

from enum import StrEnum

from talentsvc.core.errors import DomainError


class RefusalCode(StrEnum):
    """Every reason for which an upload is refused (guarantees.md G14)."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TYPE_NOT_ALLOWED = "type_not_allowed"
    TYPE_MISMATCH = "type_mismatch"
    HEIC = "heic"
    SVG = "svg"
    ARCHIVE = "archive"
    DAMAGED = "damaged"
    TOO_COMPLEX = "too_complex"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED_PDF = "encrypted_pdf"
    ACTIVE_CONTENT = "active_content"
    POLYGLOT = "polyglot"
    NAME_CONTROL_CHARACTERS = "name_control_characters"
    PORTRAIT_TOO_SMALL = "portrait_too_small"
    PORTRAIT_RATIO = "portrait_ratio"


class RefusedFile(DomainError):
    """An upload that is not taken; nothing of it was stored: 422."""

    def __init__(self, code: RefusalCode, **params: object) -> None:
        super().__init__(code.value, **params)
        self.reason = code
