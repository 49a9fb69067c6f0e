"""Making an account, one for each address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.accounts.actions.hash_password import hash_password
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import find_account, identifier_index
from talentsvc.accounts.rules.identifiers import Identifier, parse_identifier
from talentsvc.accounts.rules.passwords import check_password
from talentsvc.accounts.terms import AccountState
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput
from talentsvc.core.locking import advisory_key
from talentsvc.extensions.database import db


def create_account(
    *,
    email: str | None = None,
    phone: str | None = None,
    password: str,
    display_name: str,
    language: str,
    at: datetime,
    is_verified: bool = False,
    actor: Actor = SYSTEM,
) -> Account:
    """Make an account for an e-mail address, a mobile number or both.

    For the demo, commands and tests; the public way in is `register_account`, which never tells
    whether an address is known. Errors: InvalidInput for an address that is malformed or "taken",
    WeakPassword.
    """
    identifiers = [parse_identifier(text) for text in (email, phone) if text]
    password_hash = hash_password(check_password(password, tuple(one.value for one in identifiers)))
    for identifier in sorted(identifiers, key=lambda one: one.kind):
        lock_identifier(identifier)
        if find_account(identifier) is not None:
            raise InvalidInput(identifier.kind.value, "taken")
    return add_account(
        identifiers,
        password_hash,
        display_name,
        language,
        at=at,
        is_verified=is_verified,
        actor=actor,
    )


def lock_identifier(identifier: Identifier) -> None:
    """Let one registration of an address run at a time; there is no row to lock yet."""
    key = advisory_key("account", identifier_index(identifier).hex())
    db.session.execute(select(func.pg_advisory_xact_lock(key)))


def add_account(
    identifiers: list[Identifier],
    password_hash: str,
    display_name: str,
    language: str,
    *,
    at: datetime,
    is_verified: bool,
    actor: Actor,
) -> Account:
    """Add the row and record it; the addresses are locked and known to be free."""
    account = Account(
        password_hash=password_hash,
        display_name=display_name,
        language=language,
        state=AccountState.ACTIVE if is_verified else AccountState.UNVERIFIED,
        created_at=at,
        is_demo=False,
    )
    for identifier in identifiers:
        _give(account, identifier, at if is_verified else None)
    db.session.add(account)
    db.session.flush()
    after = {"state": account.state, "by": sorted(one.kind for one in identifiers)}
    record(SubjectKind.ACCOUNT, account.id, "create_account", actor=actor, at=at, after=after)
    return account


def _give(account: Account, identifier: Identifier, verified_at: datetime | None) -> None:
    if identifier.is_email:
        account.email = identifier.value
        account.email_index = identifier_index(identifier)
        account.email_verified_at = verified_at
    else:
        account.phone = identifier.value
        account.phone_index = identifier_index(identifier)
        account.phone_verified_at = verified_at
