"""Proving the address an account was registered with."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import ANONYMOUS
from talentsvc.accounts.actions.check_code import CheckedCode, check_code
from talentsvc.accounts.models import Account
from talentsvc.accounts.terms import AccountState, CodePurpose, CodeVerdict
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def verify_account(
    code_id: UUID, purpose: CodePurpose, typed: str, *, client_address: str, at: datetime
) -> CheckedCode:
    """Check the code of a registration; a right one opens the account."""
    checked = check_code(code_id, purpose, typed, client_address=client_address, at=at)
    if checked.account_id is None:
        return checked
    account = lock_in_order(db.session, Account, [checked.account_id])[0]
    if account.state is AccountState.CLOSED:
        return CheckedCode(CodeVerdict.OVER)
    prove_address(account, purpose is CodePurpose.VERIFY_EMAIL, at=at)
    return checked


def prove_address(account: Account, is_email: bool, *, at: datetime) -> None:
    """Write down that somebody read a message at the account's address."""
    if is_email and account.email_index is not None:
        account.email_verified_at = account.email_verified_at or at
    if not is_email and account.phone_index is not None:
        account.phone_verified_at = account.phone_verified_at or at
    before = account.state
    account.state = AccountState.ACTIVE
    db.session.flush()
    if before is not AccountState.ACTIVE:
        record(
            SubjectKind.ACCOUNT,
            account.id,
            "verify_account",
            actor=ANONYMOUS,
            at=at,
            before={"state": before},
            after={"state": account.state},
        )
