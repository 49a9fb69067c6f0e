"""Forgetting what has done its work: codes, throttles, registrations nobody verified."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, and_, delete, or_, select

from talentsvc.accounts.models import Account, OneTimeCode, SignIn, Throttle
from talentsvc.accounts.terms import LIMITS, AccountState
from talentsvc.extensions.database import db

#: Long enough to see in a complaint what was sent when.
CODE_KEPT = timedelta(days=7)
#: A registration whose address was never proved is nobody's; the address is free again.
UNVERIFIED_KEPT = timedelta(days=7)
#: Cybersecurity Law (网络安全法) art. 21: network logs are kept at least six months.
SIGN_IN_KEPT = timedelta(days=400)


def tidy_accounts(at: datetime) -> dict[str, int]:
    """Delete what is out of date; return how many rows of each kind went. Run it daily."""
    longest = max(limit.window for limit in LIMITS.values())
    # Repeated in the deletion itself: one that is verified at this moment stays.
    is_stale = and_(
        Account.state == AccountState.UNVERIFIED, Account.created_at < at - UNVERIFIED_KEPT
    )
    stale_ids = select(Account.id).where(is_stale)
    code_is_stale = or_(
        OneTimeCode.created_at < at - CODE_KEPT, OneTimeCode.account_id.in_(stale_ids)
    )
    return {
        "throttles": _deleted(delete(Throttle).where(Throttle.window_started_at < at - longest)),
        "codes": _deleted(delete(OneTimeCode).where(code_is_stale)),
        "accounts": _deleted(delete(Account).where(is_stale)),
        "sign_ins": _deleted(delete(SignIn).where(SignIn.created_at < at - SIGN_IN_KEPT)),
    }


def _deleted(statement: Delete) -> int:
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount
