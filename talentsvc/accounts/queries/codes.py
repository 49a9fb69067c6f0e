"""Reads of one-time codes and links; none of them uses one up."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

from talentsvc.accounts.models import OneTimeCode
from talentsvc.accounts.rules.reset_links import split_token
from talentsvc.accounts.terms import CODE_TRIES, CodePurpose
from talentsvc.extensions.database import blind_index, db


def code_hash(code_id: object, secret: str) -> bytes:
    """What is stored of a code: an HMAC that differs from row to row for equal codes."""
    return blind_index("one_time_code", f"{code_id}:{secret}")


def is_open(code: OneTimeCode, at: datetime) -> bool:
    """Whether a code may still be tried."""
    return code.used_at is None and code.expires_at > at and code.wrong_tries < CODE_TRIES


def is_reset_link_open(token: str | None, at: datetime) -> bool:
    """Whether a mailed link still works, so that its page need not ask for a password in vain."""
    code_id, secret = split_token(token)
    code = db.session.get(OneTimeCode, code_id)
    if code is None or code.purpose is not CodePurpose.RESET_PASSWORD:
        return False
    is_right = compare_digest(code.code_hash, code_hash(code_id, secret))
    return is_right and is_open(code, at)
