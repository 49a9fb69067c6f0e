"""The history of an employer as the desk reads it: each entry of the record in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from talentsvc.audit.models import AuditEntry
from talentsvc.employers.labels import ACTIONS


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
