"""How often and how long a message is tried.

Two days of tries give a mail server time to come back from a weekend's fault, and still leave a
person most of a statutory limit of five working days to reach somebody another way. The later waits
stay at an hour, so that after a long outage nothing lies about for longer than that. (Design.)
"""

from __future__ import annotations

from datetime import timedelta

FIRST_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30))
LATER_WAIT = timedelta(hours=1)
#: About two days.
TRIES = 52
#: Under an hour: a one-time code is worth nothing later, and a fault of ours should be seen soon.
TRIES_OF_SHORT_LIVED = 6


def wait_after(tries: int, *, is_short_lived: bool) -> timedelta | None:
    """The wait before the next try when `tries` (at least 1) have failed; None when that was the last."""
    if tries >= (TRIES_OF_SHORT_LIVED if is_short_lived else TRIES):
        return None
    return FIRST_WAITS[tries - 1] if tries <= len(FIRST_WAITS) else LATER_WAIT
