"""Comparing a typed password with an account's, at the same cost whether or not there is one."""

from __future__ import annotations

from sqlalchemy import select

from talentsvc.accounts.actions.hash_password import hash_cost
from talentsvc.accounts.models import Account
from talentsvc.accounts.rules.passwords import normalised
from talentsvc.extensions.database import db


def match_password(account: Account | None, password: str) -> bool:
    """Whether this is the account's password; the account is locked and read again when it is.

    Hashing holds no lock, so the password may have been changed meanwhile: then it no longer matches.
    A hash made at another cost than the settings' is made again.
    """
    cost = hash_cost()
    compared = account.password_hash if account is not None else None
    if not cost.is_right(compared, password) or account is None or compared is None:
        return False
    fresh = cost.hash(normalised(password) or "") if cost.is_outdated(compared) else compared
    locked = db.session.execute(
        select(Account)
        .where(Account.id == account.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if locked.password_hash != compared:
        return False
    if fresh != compared:
        locked.password_hash = fresh
    return True
