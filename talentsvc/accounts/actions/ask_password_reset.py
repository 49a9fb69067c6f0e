"""Asking for a new password: a link by mail, a code by text message."""

from __future__ import annotations

from datetime import datetime

from talentsvc.accounts.actions.count_try import count_try
from talentsvc.accounts.actions.send_code import (
    CodeAsked,
    send_code,
    send_no_account,
    send_reset_link,
)
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.terms import AccountState, CodePurpose, MailedPages, Tried


def ask_password_reset(
    identifier: Identifier, *, language: str, pages: MailedPages, client_address: str, at: datetime
) -> CodeAsked:
    """Send what lets the owner of an address set a new password, or tell it that it has no account.

    An unverified account may do so too: reading the message proves the address, and the password
    somebody else may have set is replaced.
    """
    waiting = count_try(
        Tried.SEND_CODE, name=identifier.value, client_address=client_address, at=at
    )
    if waiting is not None:
        return CodeAsked(waiting=waiting)
    purpose = CodePurpose.RESET_PASSWORD
    account = find_account(identifier)
    if account is None or account.state is AccountState.CLOSED:
        return CodeAsked(send_no_account(identifier, purpose, pages, language=language, at=at))
    if identifier.is_email:
        return CodeAsked(send_reset_link(account, identifier, pages, at=at))
    return CodeAsked(send_code(account, identifier, purpose, at=at))
