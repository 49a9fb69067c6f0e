"""Sending a code once more, to whoever is still waiting for the first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.accounts.actions.ask_sign_in_code import ask_sign_in_code
from talentsvc.accounts.actions.count_try import count_try
from talentsvc.accounts.actions.send_code import (
    CodeAsked,
    send_already_registered,
    send_code,
    send_no_account,
)
from talentsvc.accounts.models import Account, OneTimeCode
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.terms import AccountState, CodePurpose, MailedPages, Tried
from talentsvc.extensions.database import db


def send_code_again(
    code_id: UUID,
    purpose: CodePurpose,
    identifier: Identifier,
    *,
    language: str,
    pages: MailedPages,
    client_address: str,
    at: datetime,
) -> CodeAsked:
    """Send another code of the same kind; the one before ends.

    A code that proves an address is tied to the registration it was sent for. When that registration
    was overwritten by another, a new code would prove the other one's password, so none is sent.
    """
    if purpose is CodePurpose.SIGN_IN:
        return ask_sign_in_code(
            identifier, language=language, pages=pages, client_address=client_address, at=at
        )
    waiting = count_try(
        Tried.SEND_CODE, name=identifier.value, client_address=client_address, at=at
    )
    if waiting is not None:
        return CodeAsked(waiting=waiting)
    return CodeAsked(_prove_again(code_id, purpose, identifier, language, pages, at))


def _prove_again(
    code_id: UUID,
    purpose: CodePurpose,
    identifier: Identifier,
    language: str,
    pages: MailedPages,
    at: datetime,
) -> UUID:
    code = db.session.get(OneTimeCode, code_id)
    account = find_account(identifier)
    if account is None:
        return send_no_account(identifier, purpose, pages, language=language, at=at)
    if _is_still_meant(code, account):
        return send_code(account, identifier, purpose, at=at)
    return send_already_registered(account, identifier, purpose, pages, at=at)


def _is_still_meant(code: OneTimeCode | None, account: Account) -> bool:
    is_for_it = code is not None and code.account_id == account.id and code.used_at is None
    return is_for_it and account.state is AccountState.UNVERIFIED
