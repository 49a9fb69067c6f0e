"""Issuing a one-time code or link; its secret goes into a message and nowhere else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update

from talentsvc.accounts.models import Account, OneTimeCode
from talentsvc.accounts.queries.codes import code_hash
from talentsvc.accounts.terms import CODE_DIGITS, CODE_LIFE, RESET_LINK_LIFE, CodePurpose
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db

_LINK_BYTES = 32


@dataclass(frozen=True)
class Issued:
    """A fresh code: its row's id, the secret to send, and how long it lives."""

    code_id: UUID
    secret: str
    life: timedelta

    @property
    def minutes(self) -> str:
        """Its life for a message."""
        return str(int(self.life.total_seconds() // 60))

    @property
    def token(self) -> str:
        """Id and secret in one word, for a link."""
        return f"{self.code_id.hex}{self.secret}"


def issue_code(account: Account | None, purpose: CodePurpose, *, at: datetime) -> Issued:
    """Issue a code of six digits; earlier ones for the same purpose end.

    Without an account the row leads nowhere: it is there so that an unknown address leaves the same
    rows, takes the same time and is refused in the same words as a known one.
    """
    return _issue(
        account, purpose, f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}", CODE_LIFE, at
    )


def issue_link(account: Account | None, purpose: CodePurpose, *, at: datetime) -> Issued:
    """Issue the secret of a mailed link: 256 random bits."""
    return _issue(account, purpose, secrets.token_urlsafe(_LINK_BYTES), RESET_LINK_LIFE, at)


def _issue(
    account: Account | None, purpose: CodePurpose, secret: str, life: timedelta, at: datetime
) -> Issued:
    account_id = account.id if account is not None else None
    db.session.execute(
        update(OneTimeCode)
        .where(
            OneTimeCode.account_id == (account_id or uuid7()),
            OneTimeCode.purpose == purpose,
            OneTimeCode.used_at.is_(None),
        )
        .values(used_at=at)
    )
    code = OneTimeCode(
        account_id=account_id, purpose=purpose, created_at=at, expires_at=at + life, wrong_tries=0
    )
    code.code_hash = code_hash(code.id, secret)
    db.session.add(code)
    db.session.flush()
    return Issued(code.id, secret, life)
