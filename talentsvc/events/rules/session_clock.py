"""What has fallen due for a registration at a moment: a pure function, written down by actions and the sweep.

A place that is not confirmed in time lapses; what is not through the audit when the session begins
lapses too, and who still waits when it ends. Workers that were off change nothing but the moment of writing (decisions.md, "Time").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from talentsvc.events.terms.registration import PlaceState, RegistrationState

_S = RegistrationState
#: States that the clock may end.
_WAITING = (_S.DRAFT, _S.SUBMITTED, _S.RETURNED, _S.APPROVED)


@dataclass(frozen=True, slots=True)
class Timed:
    """What of a registration and its session the clock looks at."""

    state: RegistrationState
    place: PlaceState
    confirm_due_at: datetime | None
    closes_at: datetime | None
    starts_at: datetime
    ends_at: datetime


def lapses_at(one: Timed) -> datetime | None:
    """When a registration lapses by itself; None when it never does."""
    if one.state not in _WAITING:
        return None
    if one.state is _S.DRAFT:
        return min(one.closes_at or one.starts_at, one.starts_at)
    if one.state is _S.APPROVED and one.place is PlaceState.HELD and one.confirm_due_at:
        return min(one.confirm_due_at, one.ends_at)
    # Whoever passed the audit and waits may still have a booth that nobody claims on the day.
    if one.state is _S.APPROVED and one.place is not PlaceState.NONE:
        return one.ends_at
    return one.starts_at


def has_lapsed(one: Timed, at: datetime) -> bool:
    """Whether it has lapsed: at its last moment it is over."""
    due = lapses_at(one)
    return due is not None and at >= due
