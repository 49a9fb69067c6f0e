"""The history of an employer as the desk reads it: each entry of the record in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.audit.models import AuditEntry

ACTIONS: Mapping[str, Any] = {
    "register_employer": _l("Company registered"),
    "mend_employer": _l("Mended and sent again"),
    "verify_employer": _l("Company verified"),
    "refuse_employer": _l("Sent back to be mended"),
    "ask_for_authorisation": _l("Somebody asked to act for it"),
    "authorise_agent": _l("Agent authorised"),
    "confirm_agent": _l("Agent confirmed"),
    "refuse_agent": _l("Agent refused"),
    "end_agent": _l("Authorisation ended"),
    "remind_of_expiry": _l("Agent reminded of the end"),
}


@dataclass(frozen=True, slots=True)
class TrailItem:
    """One line of the timeline, in the shape that its macro reads."""

    title: Any
    at: datetime
    actor: str | None
    kind: str = "done"
    text: str | None = None
    note: str | None = None
    action: None = None


def trail_of(history: Iterable[tuple[AuditEntry, str | None]]) -> list[TrailItem]:
    """The entries in words, in the order given."""
    return [
        TrailItem(title=ACTIONS.get(entry.action, entry.action), at=entry.at, actor=name)
        for entry, name in history
    ]
