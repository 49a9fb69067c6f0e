"""Setting a new password, for whichever reason: every other sign-in ends (ASVS 5.0, 7.4.3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.count_try import forgive_tries
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.messages import PASSWORD_CHANGED, moment_text
from talentsvc.accounts.models import Account
from talentsvc.accounts.recipients import recipient_of
from talentsvc.accounts.terms import MailedPages, SignInEnd, Tried
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.notices.actions.post import post


def set_password(
    account: Account,
    password_hash: str,
    *,
    action: str,
    pages: MailedPages,
    actor: Actor,
    at: datetime,
    but: UUID | None = None,
) -> None:
    """Store the hash on the locked account, end its sign-ins (`but` the one at work), tell its owner.

    The throttle at its addresses is lifted: whoever reads its mail need not wait for a guesser.
    """
    account.password_hash = password_hash
    db.session.flush()
    end_sign_ins(account.id, SignInEnd.PASSWORD_CHANGED, actor=actor, at=at, but=but)
    for name in (account.email, account.phone):
        if name:
            forgive_tries(Tried.SIGN_IN, name=name)
    record(SubjectKind.ACCOUNT, account.id, action, actor=actor, at=at)
    post(
        PASSWORD_CHANGED,
        recipient_of(account),
        subject_kind=SubjectKind.ACCOUNT,
        subject_id=account.id,
        params={
            "name": account.display_name,
            "moment": moment_text(at),
            "reset_link": pages.reset,
        },
        at=at,
        version=str(uuid7()),
    )
