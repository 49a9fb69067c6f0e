"""Counting tries, so that codes and passwords cannot be guessed (ASVS 5.0, 6.3.1).

Rows in PostgreSQL, not in Redis: when the count cannot be written, the try fails (decisions.md,
"Messages, waking, limits"). A refusal that this module knows of is an answer, not an exception, so
the count commits with it; a refusal by exception counts through `remember_after_refusal`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, func
from sqlalchemy.dialects.postgresql import insert

from talentsvc.accounts.models import Throttle
from talentsvc.accounts.queries.throttles import throttle_row_key
from talentsvc.accounts.rules.throttles import account_key, address_key, waiting_time
from talentsvc.accounts.terms import LIMITS, Tried
from talentsvc.extensions.database import db


def count_try(
    tried: Tried, *, name: str, client_address: str | None, at: datetime
) -> timedelta | None:
    """Count one try for a name and a network address; return how long to wait when it is one too many.

    Call it after the slow work and before its result is used: it locks both rows until the commit,
    and that makes a hundred tries at once count as a hundred. A right password counts for its account
    alone (no `client_address`): a whole office signs in from one network.
    """
    limit = LIMITS[tried]
    waits = [_counted(account_key(tried, name), limit.per_account, limit.window, at)]
    if client_address is not None:
        key = address_key(tried, client_address)
        waits.append(_counted(key, limit.per_address, limit.window, at))
    return max((wait for wait in waits if wait is not None), default=None)


def forgive_tries(tried: Tried, *, name: str) -> None:
    """Forget the tries at a name once its owner has been proved; those of the address stay."""
    db.session.execute(
        delete(Throttle).where(Throttle.key == throttle_row_key(account_key(tried, name)))
    )


def _counted(key: str, most: int, window: timedelta, at: datetime) -> timedelta | None:
    fresh = insert(Throttle).values(key=throttle_row_key(key), window_started_at=at, count=1)
    is_over = Throttle.window_started_at <= at - window
    statement = fresh.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((is_over, 1), else_=func.least(Throttle.count + 1, most + 1)),
            "window_started_at": case((is_over, at), else_=Throttle.window_started_at),
        },
    ).returning(Throttle.count, Throttle.window_started_at)
    count, window_started_at = db.session.execute(statement).one()
    # This try is among the counted ones, so the limit is passed by the one after the last allowed.
    return waiting_time(count - 1, most, window_started_at, window, at)
