"""Opening a case for work: lock it, then write down every step that has fallen due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.cards.actions.advance_clock import advance_clock
from talentsvc.cards.casework import Case, lock_case


def open_case(application_id: UUID, *, at: datetime, expected_version: int | None = None) -> Case:
    """Lock a case and bring it up to the moment (decisions.md, "Time").

    Errors: NotFoundHere, StaleVersion.
    """
    case = lock_case(application_id, expected_version=expected_version)
    advance_clock(case, at=at)
    return case
