"""Registering with an e-mail address or a mobile number, without telling who is registered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import ANONYMOUS
from talentsvc.accounts.actions.count_try import count_try
from talentsvc.accounts.actions.create_account import add_account, lock_identifier
from talentsvc.accounts.actions.hash_password import hash_password
from talentsvc.accounts.actions.send_code import (
    CodeAsked,
    send_already_registered,
    send_code,
    verification_of,
)
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.queries.throttles import time_to_wait
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.rules.passwords import check_password
from talentsvc.accounts.terms import AccountState, MailedPages, Tried
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.extensions.database import db


def register_account(
    identifier: Identifier,
    *,
    password: str,
    display_name: str,
    language: str,
    pages: MailedPages,
    client_address: str,
    at: datetime,
) -> CodeAsked:
    """Register and send a code; an address that has an account gets a message instead of a code.

    Both ways hash the password, leave a code row and post one message, and the caller shows one page.
    A registration that was never verified is overwritten, password and all: else somebody could
    register another's address first and wait for its owner to verify it.
    Errors: WeakPassword.
    """
    waiting = time_to_wait(
        Tried.SEND_CODE, name=identifier.value, client_address=client_address, at=at
    )
    if waiting is not None:
        return CodeAsked(waiting=waiting)
    password_hash = hash_password(check_password(password, (identifier.value,)))
    lock_identifier(identifier)
    account = find_account(identifier)
    waiting = count_try(
        Tried.SEND_CODE, name=identifier.value, client_address=client_address, at=at
    )
    if waiting is not None:
        return CodeAsked(waiting=waiting)
    if account is None:
        account = add_account(
            [identifier],
            password_hash,
            display_name,
            language,
            at=at,
            is_verified=False,
            actor=ANONYMOUS,
        )
        return CodeAsked(send_code(account, identifier, verification_of(identifier), at=at))
    return CodeAsked(
        _register_again(account, identifier, password_hash, display_name, language, pages, at)
    )


def _register_again(
    account: Account,
    identifier: Identifier,
    password_hash: str,
    display_name: str,
    language: str,
    pages: MailedPages,
    at: datetime,
) -> UUID:
    record(SubjectKind.ACCOUNT, account.id, "register_again", actor=ANONYMOUS, at=at)
    purpose = verification_of(identifier)
    if account.state is not AccountState.UNVERIFIED:
        return send_already_registered(account, identifier, purpose, pages, at=at)
    account.password_hash = password_hash
    account.display_name = display_name
    account.language = language
    account.created_at = at
    db.session.flush()
    return send_code(account, identifier, purpose, at=at)
