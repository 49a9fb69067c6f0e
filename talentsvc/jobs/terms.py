"""Words of long work."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ItemState(StrEnum):
    """Where one item of a job stands; an item is done once (guarantees.md G15)."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
