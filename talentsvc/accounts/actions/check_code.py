"""Checking a typed one-time code: used once, five wrong tries end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.actions.count_try import count_try
from talentsvc.accounts.models import OneTimeCode
from talentsvc.accounts.queries.codes import code_hash, is_open
from talentsvc.accounts.queries.throttles import time_to_wait
from talentsvc.accounts.terms import CodePurpose, CodeVerdict, Tried
from talentsvc.core.typed_text import compact
from talentsvc.extensions.database import db


@dataclass(frozen=True)
class CheckedCode:
    """The verdict, for a right code the account it was for, and how long to wait after too many tries."""

    verdict: CodeVerdict
    account_id: UUID | None = None
    waiting: timedelta | None = None


def check_code(
    code_id: UUID, purpose: CodePurpose, typed: str, *, client_address: str, at: datetime
) -> CheckedCode:
    """Use up a code if it is right, else count the wrong try, at the code and at the network address.

    The row is locked first, so a code entered twice at once is used once. An unknown id, an address
    nobody has and a wrong code get the same verdict.
    """
    name = str(code_id)
    waiting = time_to_wait(Tried.CHECK_CODE, name=name, client_address=client_address, at=at)
    if waiting is not None:
        return CheckedCode(CodeVerdict.WRONG, waiting=waiting)
    checked = _use_up(code_id, purpose, typed, at)
    if checked.account_id is None:
        waiting = count_try(Tried.CHECK_CODE, name=name, client_address=client_address, at=at)
        return CheckedCode(checked.verdict, waiting=waiting)
    return checked


def _use_up(code_id: UUID, purpose: CodePurpose, typed: str, at: datetime) -> CheckedCode:
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
