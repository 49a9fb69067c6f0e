"""Checking a typed one-time code: used once, five wrong tries end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.actions.issue_code import code_hash
from talentsvc.accounts.models import OneTimeCode
from talentsvc.accounts.terms import CODE_TRIES, CodePurpose, CodeVerdict
from talentsvc.core.typed_text import compact
from talentsvc.extensions.database import db


@dataclass(frozen=True)
class CheckedCode:
    """The verdict, and for a right code the account it was for."""

    verdict: CodeVerdict
    account_id: UUID | None = None


def check_code(code_id: UUID, purpose: CodePurpose, typed: str, *, at: datetime) -> CheckedCode:
    """Use up a code if it is right, else count the wrong try.

    The row is locked first, so a code entered twice at once is used once. An unknown id, an address
    nobody has and a wrong code get the same verdict.
    """
    code = db.session.execute(
        select(OneTimeCode)
        .where(OneTimeCode.id == code_id, OneTimeCode.purpose == purpose)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    secret_hash = code_hash(code_id, compact(typed))
    if code is None:
        return CheckedCode(CodeVerdict.WRONG)
    if not is_open(code, at):
        return CheckedCode(CodeVerdict.OVER)
    if code.account_id is None or not compare_digest(code.code_hash, secret_hash):
        code.wrong_tries += 1
        db.session.flush()
        return CheckedCode(CodeVerdict.WRONG if is_open(code, at) else CodeVerdict.OVER)
    code.used_at = at
    db.session.flush()
    return CheckedCode(CodeVerdict.RIGHT, code.account_id)


def is_open(code: OneTimeCode, at: datetime) -> bool:
    """Whether a code may still be tried."""
    return code.used_at is None and code.expires_at > at and code.wrong_tries < CODE_TRIES
