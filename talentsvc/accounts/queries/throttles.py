"""Reads of throttles."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from talentsvc.accounts.models import Throttle
from talentsvc.accounts.rules.throttles import account_key, address_key, waiting_time
from talentsvc.accounts.terms import LIMITS, Tried
from talentsvc.extensions.database import blind_index, db


def throttle_row_key(key: str) -> str:
    """How a counted thing is stored: nothing of an address can be read from it."""
    return blind_index("throttle", key).hex()


def time_to_wait(tried: Tried, *, name: str, client_address: str, at: datetime) -> timedelta | None:
    """How long a name or a network address must wait before the next try, or None when it need not."""
    limit = LIMITS[tried]
    most_of = {
        throttle_row_key(account_key(tried, name)): limit.per_account,
        throttle_row_key(address_key(tried, client_address)): limit.per_address,
    }
    rows = db.session.execute(select(Throttle).where(Throttle.key.in_(most_of))).scalars()
    waits = (
        waiting_time(row.count, most_of[row.key], row.window_started_at, limit.window, at)
        for row in rows
    )
    return max((wait for wait in waits if wait is not None), default=None)
