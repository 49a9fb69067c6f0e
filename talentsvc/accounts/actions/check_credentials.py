"""The first step of signing in: address and password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from talentsvc.accounts.actions.count_try import count_try, forgive_tries
from talentsvc.accounts.actions.match_password import match_password
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.queries.throttles import time_to_wait
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.terms import AccountState, SignInVerdict, Tried
from talentsvc.extensions.current import current_settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class CheckedCredentials:
    """What address and password led to; the account only where they were right."""

    verdict: SignInVerdict
    account: Account | None = None
    waiting: timedelta | None = None


def check_credentials(
    identifier: Identifier, password: str, *, client_address: str, at: datetime
) -> CheckedCredentials:
    """Check address and password, throttled by both the account and the network address.

    An unknown address, a closed account and a wrong password get the same verdict after the same
    work (ASVS 5.0, 6.3.8). Only a right password learns that the account waits to be verified.
    """
    waiting = time_to_wait(
        Tried.SIGN_IN, name=identifier.value, client_address=client_address, at=at
    )
    if waiting is not None:
        return CheckedCredentials(SignInVerdict.TOO_MANY_TRIES, waiting=waiting)
    account = find_account(identifier)
    if not match_password(account, password) or account is None or not _may_sign_in(account):
        log.info("sign_in_refused", account=str(account.id) if account else None)
        waiting = count_try(
            Tried.SIGN_IN, name=identifier.value, client_address=client_address, at=at
        )
        verdict = SignInVerdict.TOO_MANY_TRIES if waiting is not None else SignInVerdict.WRONG
        return CheckedCredentials(verdict, waiting=waiting)
    return _let_in(account, identifier, at)


def _let_in(account: Account, identifier: Identifier, at: datetime) -> CheckedCredentials:
    """A right password counts as a try as well, so that guesses made at the same time cannot pass."""
    waiting = count_try(Tried.SIGN_IN, name=identifier.value, client_address=None, at=at)
    if waiting is not None:
        return CheckedCredentials(SignInVerdict.TOO_MANY_TRIES, waiting=waiting)
    forgive_tries(Tried.SIGN_IN, name=identifier.value)
    if account.state is AccountState.UNVERIFIED:
        return CheckedCredentials(SignInVerdict.NOT_VERIFIED, account)
    if account.totp_confirmed_at is not None:
        return CheckedCredentials(SignInVerdict.SECOND_FACTOR_NEEDED, account)
    return CheckedCredentials(SignInVerdict.SIGNED_IN, account)


def _may_sign_in(account: Account) -> bool:
    """Whether the account is open at all; an invented one never is where real people's data may be."""
    settings = current_settings()
    return account.state is not AccountState.CLOSED and not (
        account.is_demo and settings.is_production
    )
