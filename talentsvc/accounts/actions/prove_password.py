"""Asking somebody who is signed in for the password again, before something grave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from talentsvc.accounts.actions.count_try import count_try, forgive_tries
from talentsvc.accounts.actions.match_password import match_password
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries.throttles import time_to_wait
from talentsvc.accounts.terms import Tried


@dataclass(frozen=True)
class Proof:
    """Whether it was the owner, or how long to wait before the next try."""

    is_given: bool = False
    waiting: timedelta | None = None


def prove_password(account: Account, password: str, *, client_address: str, at: datetime) -> Proof:
    """Check the password of a signed-in account, throttled like a sign-in; a right one locks its row."""
    name = str(account.id)
    waiting = time_to_wait(Tried.SIGN_IN, name=name, client_address=client_address, at=at)
    if waiting is not None:
        return Proof(waiting=waiting)
    is_right = match_password(account, password)
    waiting = count_try(
        Tried.SIGN_IN, name=name, client_address=None if is_right else client_address, at=at
    )
    if waiting is not None:
        return Proof(waiting=waiting)
    if is_right:
        forgive_tries(Tried.SIGN_IN, name=name)
    return Proof(is_given=is_right)
