"""Checking a code of the authenticator app: throttled, and each one good once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from talentsvc.accounts.actions.count_try import count_try, forgive_tries
from talentsvc.accounts.actions.prove_password import Proof
from talentsvc.accounts.models import Account, SignIn
from talentsvc.accounts.rules.second_factor import used_counter
from talentsvc.accounts.terms import Tried
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def prove_second_factor(
    account: Account, typed: str, sign_in_id: UUID | None, *, client_address: str, at: datetime
) -> Proof:
    """Check a code; with a sign-in at work, mark it as proved by the second factor.

    The account is locked, so of two requests with one code only the first passes.
    """
    name = str(account.id)
    lock_in_order(db.session, Account, [account.id])
    secret = account.totp_secret
    counter = used_counter(secret, typed, account.totp_last_counter, at) if secret else None
    is_right = counter is not None
    waiting = count_try(
        Tried.SECOND_FACTOR, name=name, client_address=None if is_right else client_address, at=at
    )
    if waiting is not None:
        return Proof(waiting=waiting)
    if not is_right:
        return Proof()
    account.totp_last_counter = counter
    db.session.flush()
    forgive_tries(Tried.SECOND_FACTOR, name=name)
    if sign_in_id is not None:
        mine = (SignIn.id == sign_in_id, SignIn.account_id == account.id)
        db.session.execute(update(SignIn).where(*mine).values(has_second_factor=True))
    return Proof(is_given=True)
