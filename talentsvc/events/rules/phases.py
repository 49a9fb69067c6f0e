"""Where an event stands by its dates: a pure function of them and the moment (decisions.md, "Time")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from talentsvc.events.terms.event import EventPhase


@dataclass(frozen=True, slots=True)
class EventDates:
    """The dates of an event. Without a registration of companies the first four are None.

    `first_starts_at` and `last_ends_at` are those of its sessions; `results_due_at` is the end of the
    last day on which companies report.
    """

    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    results_visible_at: datetime | None
    confirm_due_at: datetime | None
    first_starts_at: datetime
    last_ends_at: datetime
    results_due_at: datetime


def phase_at(dates: EventDates, at: datetime) -> EventPhase:
    """Return the phase at a moment; each begins with its date, that moment included (facts.md 8.7)."""
    begun = EventPhase.PLANNED
    for phase, begins_at in _beginnings(dates):
        if begins_at is not None and at >= begins_at:
            begun = phase
    return begun


def _beginnings(dates: EventDates) -> tuple[tuple[EventPhase, datetime | None], ...]:
    """Each phase with its beginning, in their order: a later one that has begun hides the earlier ones."""
    return (
        (EventPhase.REGISTRATION_OPEN, dates.registration_opens_at),
        (EventPhase.AUDIT, dates.registration_closes_at),
        (EventPhase.CONFIRMATION, dates.results_visible_at),
        (EventPhase.ALLOCATION, dates.confirm_due_at),
        (EventPhase.LIVE, dates.first_starts_at),
        (EventPhase.RESULTS_DUE, dates.last_ends_at),
        (EventPhase.CLOSED, dates.results_due_at),
    )
