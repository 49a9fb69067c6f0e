"""Words of the staff home."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.terms import TaskKind

NOTICE_STATES: dict[StrEnum, Any] = {
    NoticeState.QUEUED: _l("Waiting"),
    NoticeState.LEASED: _l("Being sent"),
    NoticeState.SENT: _l("Sent"),
    NoticeState.DEAD: _l("Not deliverable"),
    NoticeState.UNSURE: _l("Unsure"),
    NoticeState.SETTLED: _l("Settled"),
}

TASK_KINDS: dict[StrEnum, Any] = {
    TaskKind.NOTICE_DEAD: _l("A message could not be delivered"),
    TaskKind.NOTICE_UNSURE: _l("Nobody knows whether a message was sent"),
    TaskKind.SCAN_INFECTED: _l("An unsafe file was uploaded"),
    TaskKind.SCAN_STUCK: _l("A file could not be checked"),
    TaskKind.CARD_GLYPHS: _l("A name cannot be printed on the card"),
    TaskKind.DUPLICATE_DOCUMENT: _l("A document number belongs to somebody else"),
    TaskKind.CALENDAR_MISSING: _l("Next year's working days are not known"),
    TaskKind.EMPLOYER_TO_VERIFY: _l("An employer waits to be verified"),
}

TASK_WHAT_TO_DO: dict[StrEnum, Any] = {
    TaskKind.NOTICE_DEAD: _l(
        "Reach the person another way, or send it again once the address is right."
    ),
    TaskKind.NOTICE_UNSURE: _l("Ask the person, then settle it or send it again."),
    TaskKind.SCAN_INFECTED: _l("Tell the applicant to upload the paper anew from a clean device."),
    TaskKind.SCAN_STUCK: _l(
        "See whether the scanner runs; the file is shown to nobody until it is checked."
    ),
    TaskKind.CARD_GLYPHS: _l("Install a font that has the character, then print the card."),
    TaskKind.DUPLICATE_DOCUMENT: _l("Check both persons' documents at the window."),
    TaskKind.CALENDAR_MISSING: _l("Upload the State Council's table when it is published."),
    TaskKind.EMPLOYER_TO_VERIFY: _l("Check the licence and verify or refuse the employer."),
}
