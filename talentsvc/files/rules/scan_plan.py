"""When a file is scanned again, and when a person must look why it was not."""

from __future__ import annotations

from datetime import datetime, timedelta

#: A worker that died while scanning is forgotten after this.
LEASE = timedelta(minutes=5)

#: Waits after each try without an answer; the last one repeats, since a file is never given up.
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 300, 900))

#: A file without an answer for so long is a person's business (guarantees.md G16).
STUCK_AFTER = timedelta(hours=2)


def next_scan_at(attempts: int, at: datetime) -> datetime:
    """When to try again after `attempts` tries, the last of them at `at`."""
    return at + BACKOFF[min(max(attempts, 1), len(BACKOFF)) - 1]


def stuck_before(at: datetime) -> datetime:
    """Files uploaded before this and still unanswered are stuck."""
    return at - STUCK_AFTER
