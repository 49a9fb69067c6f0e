"""Signing in with a code by text message, beside the password (decisions.md, "Identity")."""

from __future__ import annotations

from datetime import datetime

from talentsvc.accounts.actions.count_try import count_try
from talentsvc.accounts.actions.send_code import CodeAsked, send_code, send_no_account
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.terms import AccountState, CodePurpose, MailedPages, Tried


def ask_sign_in_code(
    identifier: Identifier, *, language: str, pages: MailedPages, client_address: str, at: datetime
) -> CodeAsked:
    """Send a code to a mobile number; a number without a verified account is told that it has none.

    An unverified account cannot be opened this way: the password in it may be somebody else's.
    """
    waiting = count_try(
        Tried.SEND_CODE, name=identifier.value, client_address=client_address, at=at
    )
    if waiting is not None:
        return CodeAsked(waiting=waiting)
    account = find_account(identifier)
    if account is None or account.state is not AccountState.ACTIVE:
        return CodeAsked(
            send_no_account(identifier, CodePurpose.SIGN_IN, pages, language=language, at=at)
        )
    return CodeAsked(send_code(account, identifier, CodePurpose.SIGN_IN, at=at))
