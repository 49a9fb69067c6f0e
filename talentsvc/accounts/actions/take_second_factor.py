"""What taking a second factor away means, whoever does it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.actions.tell_second_factor import tell_second_factor
from talentsvc.accounts.messages import SECOND_FACTOR_REMOVED
from talentsvc.accounts.models import Account, SignIn
from talentsvc.accounts.terms import SignInEnd
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.extensions.database import db


def take_second_factor(account: Account, action: str, *, actor: Actor, at: datetime) -> None:
    """Forget the secret of the locked account and end its sign-ins but the owner's own at work.

    That one counts as proved by the password alone from now on, so staff pages ask for a new factor.
    """
    account.totp_secret = None
    account.totp_confirmed_at = None
    account.totp_last_counter = None
    db.session.flush()
    but = actor.sign_in_id if actor.account_id == account.id else None
    end_sign_ins(account.id, SignInEnd.SECOND_FACTOR_CHANGED, actor=actor, at=at, but=but)
    db.session.execute(
        update(SignIn)
        .where(SignIn.account_id == account.id, SignIn.ended_at.is_(None))
        .values(has_second_factor=False)
    )
    record(SubjectKind.ACCOUNT, account.id, action, actor=actor, at=at)
    tell_second_factor(SECOND_FACTOR_REMOVED, account, at=at)
