"""Setting a new password with a mailed link or a code by text message."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import ANONYMOUS
from talentsvc.accounts.actions.check_code import CheckedCode, check_code
from talentsvc.accounts.actions.hash_password import hash_password
from talentsvc.accounts.actions.set_password import set_password
from talentsvc.accounts.actions.verify_account import prove_address
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries.throttles import time_to_wait
from talentsvc.accounts.rules.passwords import check_password
from talentsvc.accounts.terms import AccountState, CodePurpose, CodeVerdict, MailedPages, Tried
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def reset_password(
    code_id: UUID,
    secret: str,
    password: str,
    *,
    is_link: bool,
    client_address: str,
    pages: MailedPages,
    at: datetime,
) -> CheckedCode:
    """Use up the link or code and set the password; it signs nobody in.

    A second factor stays in force, so that a stolen mailbox alone does not open a staff account.
    Errors: WeakPassword, before anything is used up.
    """
    waiting = time_to_wait(
        Tried.CHECK_CODE, name=str(code_id), client_address=client_address, at=at
    )
    if waiting is not None:
        return CheckedCode(CodeVerdict.WRONG, waiting=waiting)
    password_hash = hash_password(check_password(password))
    checked = check_code(
        code_id, CodePurpose.RESET_PASSWORD, secret, client_address=client_address, at=at
    )
    if checked.account_id is None:
        return checked
    account = lock_in_order(db.session, Account, [checked.account_id])[0]
    if account.state is AccountState.CLOSED:
        return CheckedCode(CodeVerdict.OVER)
    prove_address(account, is_link, at=at)
    set_password(
        account, password_hash, action="reset_password", pages=pages, actor=ANONYMOUS, at=at
    )
    return checked
