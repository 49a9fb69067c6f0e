"""The current time, and where a day begins and ends.

Instants are aware UTC datetimes; a *day* is always a day in Shanghai, because that is where the
office and its time limits are. China has one zone without daylight saving since 1991.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime) -> date:
    """Return the Shanghai day on which the instant `at` falls.

    24:00 of a day is 00:00 of the next, so `local_date(end_of_day(day))` is the day after.
    Raises ValueError for a naive datetime, which names no instant.
    """
    return require_aware(at).astimezone(SHANGHAI).date()


def start_of_day(day: date) -> datetime:
    """Return 00:00 Shanghai of `day`, in UTC."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return 24:00 Shanghai of `day` (the next midnight), in UTC.

    A time limit whose last day is `day` has not passed before this instant.
    """
    return start_of_day(day + timedelta(days=1))


def require_aware(at: datetime) -> datetime:
    """Return `at`, or raise ValueError when it carries no offset from UTC."""
    if at.utcoffset() is None:
        raise ValueError("a naive datetime names no instant")
    return at
