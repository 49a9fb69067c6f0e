"""Putting the second factor in force."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.actions.prove_password import Proof
from talentsvc.accounts.actions.prove_second_factor import prove_second_factor
from talentsvc.accounts.actions.tell_second_factor import tell_second_factor
from talentsvc.accounts.messages import SECOND_FACTOR_SET
from talentsvc.accounts.models import Account
from talentsvc.accounts.terms import SignInEnd
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import NotAllowedNow
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def confirm_second_factor(
    account: Account, typed: str, *, client_address: str, actor: Actor, at: datetime
) -> Proof:
    """Put the second factor in force with a first right code; every sign-in without it ends.

    Errors: NotAllowedNow when there is nothing to confirm.
    """
    lock_in_order(db.session, Account, [account.id])
    if account.totp_sealed is None or account.totp_confirmed_at is not None:
        raise NotAllowedNow("none_started", "confirm_second_factor")
    proof = prove_second_factor(
        account, typed, actor.sign_in_id, client_address=client_address, at=at
    )
    if not proof.is_given:
        return proof
    account.totp_confirmed_at = at
    db.session.flush()
    end_sign_ins(
        account.id, SignInEnd.SECOND_FACTOR_CHANGED, actor=actor, at=at, but=actor.sign_in_id
    )
    record(SubjectKind.ACCOUNT, account.id, "confirm_second_factor", actor=actor, at=at)
    tell_second_factor(SECOND_FACTOR_SET, account, at=at)
    return proof
