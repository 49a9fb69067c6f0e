"""What happened to a case, as the clock reads it, and how to read it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.core.clock import local_date, require_aware
from talentsvc.core.workdays import Pause


@dataclass(frozen=True)
class CaseEvent:
    """One step of a case.

    `at` is when it happened, an aware instant; a step of the clock carries the instant at which
    it fell due, not the one at which it was written down. `effective_on` is the day from which it
    counts where that is not the day of `at`: the received day of a filing on a free day, and of
    an acceptance by silence. `from_state` is None for the first event alone.
    """

    action: CaseAction
    from_state: ApplicationState | None
    to_state: ApplicationState
    at: datetime
    effective_on: date | None = None
    data: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_aware(self.at)

    @property
    def counts_from(self) -> date:
        """Day 0 of whatever time limit this event opens."""
        return self.effective_on or local_date(self.at)


def latest(events: Sequence[CaseEvent], actions: Collection[CaseAction]) -> CaseEvent | None:
    """Return the last event that is one of `actions`; `events` run from the oldest on."""
    return next((event for event in reversed(events) if event.action in actions), None)


def spans_in(
    events: Sequence[CaseEvent], states: Collection[ApplicationState]
) -> tuple[Pause, ...]:
    """Return the spans during which the case stood in any of `states`; the last may be open.

    Moving from one of `states` to another continues the span.
    """
    spans: list[Pause] = []
    entered_at: datetime | None = None
    for event in events:
        if event.to_state in states:
            entered_at = entered_at or event.at
        elif entered_at is not None:
            spans.append(Pause(entered_at, event.at))
            entered_at = None
    if entered_at is not None:
        spans.append(Pause(entered_at, None))
    return tuple(spans)
