"""Telling an account that its second factor was set up or taken away."""

from __future__ import annotations

from datetime import datetime

from talentsvc.accounts.messages import moment_text
from talentsvc.accounts.models import Account
from talentsvc.accounts.recipients import recipient_of
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.ids import uuid7
from talentsvc.notices.actions.post import post
from talentsvc.notices.terms import NoticeKind


def tell_second_factor(kind: NoticeKind, account: Account, *, at: datetime) -> None:
    """Post the message to the account's proved addresses and its inbox."""
    post(
        kind,
        recipient_of(account),
        subject_kind=SubjectKind.ACCOUNT,
        subject_id=account.id,
        params={"name": account.display_name, "moment": moment_text(at)},
        at=at,
        version=str(uuid7()),
    )
