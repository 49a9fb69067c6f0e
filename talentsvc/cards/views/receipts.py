"""Receipts: each hand-in has one, with its number, its days, the next step and its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.calendar.queries import work_calendar
from talentsvc.cards.casework import limits_of
from talentsvc.cards.course_words import NEXT_STEP
from talentsvc.cards.following import as_read
from talentsvc.cards.models import Application, CaseEvent
from talentsvc.cards.rules.due_dates import deadline_of
from talentsvc.cards.terms import CaseAction
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotFoundHere

TITLES: Mapping[CaseAction, Any] = {
    CaseAction.SUBMIT: _l("Your application is on its way"),
    CaseAction.ENDORSE: _l("Your application was received"),
    CaseAction.SUBMIT_CORRECTION: _l("Your correction was received"),
    CaseAction.REQUEST_REVIEW: _l("Your request for a review was received"),
}


def receipts_among(rows: Sequence[CaseEvent]) -> list[dict[str, Any]]:
    """The steps of a case that have a receipt."""
    return [
        {"sequence": row.sequence, "title": TITLES[row.action], "at": row.at}
        for row in rows
        if row.action in TITLES
    ]


def receipt_context(
    application: Application, rows: Sequence[CaseEvent], sequence: int
) -> dict[str, Any]:
    """What one receipt says, as it was when it was given. Errors: NotFoundHere."""
    upto = [row for row in rows if row.sequence <= sequence]
    row = upto[-1] if upto else None
    if row is None or row.sequence != sequence or row.action not in TITLES:
        raise NotFoundHere()
    events = [as_read(one) for one in upto]
    deadline = deadline_of(row.to_state, events, limits_of(application), work_calendar())
    return {
        "application": application,
        "title": TITLES[row.action],
        "at": row.at,
        "filed_on": local_date(row.at),
        "received_on": row.effective_on,
        "copy_hash": str(row.data.get("copy_sha256", "")),
        "next_step": NEXT_STEP[row.to_state],
        "next_due": deadline.due_on if deadline else None,
        "is_provisional": bool(deadline and deadline.is_provisional),
    }
