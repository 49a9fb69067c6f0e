"""What follows from a change of roles: sign in again, and know of it."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.messages import ROLE_CHANGED, moment_text
from talentsvc.accounts.models import Account
from talentsvc.accounts.recipients import recipient_of
from talentsvc.accounts.terms import SignInEnd
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.ids import uuid7
from talentsvc.notices.actions.post import post


def announce_role_change(account: Account, *, actor: Actor, at: datetime) -> None:
    """End the account's sign-ins (ASVS 5.0, 7.4.2) and tell its owner."""
    end_sign_ins(account.id, SignInEnd.ROLES_CHANGED, actor=actor, at=at)
    post(
        ROLE_CHANGED,
        recipient_of(account),
        subject_kind=SubjectKind.ACCOUNT,
        subject_id=account.id,
        params={"name": account.display_name, "moment": moment_text(at)},
        at=at,
        version=str(uuid7()),
    )
