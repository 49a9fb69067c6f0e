"""Words of what a person at the desk must do."""

from __future__ import annotations

from enum import StrEnum


class TaskKind(StrEnum):
    """Why somebody has to look (guarantees.md G16)."""

    NOTICE_DEAD = "notice_dead"
    NOTICE_UNSURE = "notice_unsure"
    SCAN_INFECTED = "scan_infected"
    SCAN_STUCK = "scan_stuck"
    CARD_GLYPHS = "card_glyphs"
    DUPLICATE_DOCUMENT = "duplicate_document"
    CALENDAR_MISSING = "calendar_missing"
    EMPLOYER_TO_VERIFY = "employer_to_verify"
    PLEDGE_OVERDUE = "pledge_overdue"
    REGISTRATION_TO_AUDIT = "registration_to_audit"
    PERMIT_MISSING = "permit_missing"
    RESULTS_OVERDUE = "results_overdue"
    CHECK_IN_CONFLICT = "check_in_conflict"


class TaskState(StrEnum):
    """Open until somebody settles it."""

    OPEN = "open"
    SETTLED = "settled"


class Settlement(StrEnum):
    """How a task was settled when no person wrote it down in words."""

    SENT_AGAIN = "sent_again"
    NO_LONGER_NEEDED = "no_longer_needed"
