"""Words of the file room."""

from __future__ import annotations

from enum import StrEnum


class ScanState(StrEnum):
    """What the scanner says of a file; only a clean one is ever given out (guarantees.md G14)."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    UNAVAILABLE = "unavailable"


class FilePurpose(StrEnum):
    """What a file is kept for; retention and who may open it follow from this."""

    EVIDENCE = "evidence"
    PORTRAIT = "portrait"
    LICENCE = "licence"
    AUTHORISATION = "authorisation"
    CALENDAR_SOURCE = "calendar_source"
    PREVIEW = "preview"
    HALL_PICTURE = "hall_picture"
    STAFF_PROOF = "staff_proof"
    CV = "cv"
    IMPORT_SOURCE = "import_source"
