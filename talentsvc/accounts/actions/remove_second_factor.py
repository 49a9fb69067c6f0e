"""Taking the second factor away: by its owner with a code, or by the security administrator."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.actions.prove_password import Proof
from talentsvc.accounts.actions.prove_second_factor import prove_second_factor
from talentsvc.accounts.actions.tell_second_factor import tell_second_factor
from talentsvc.accounts.messages import SECOND_FACTOR_REMOVED
from talentsvc.accounts.models import Account
from talentsvc.accounts.terms import SignInEnd
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import FourEyesViolated, NotAllowedNow
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def remove_second_factor(
    account: Account, typed: str, *, client_address: str, actor: Actor, at: datetime
) -> Proof:
    """Take one's own second factor away with a code of it, to set up another device.

    Errors: NotAllowedNow when there is none.
    """
    lock_in_order(db.session, Account, [account.id])
    if account.totp_confirmed_at is None:
        raise NotAllowedNow("none", "remove_second_factor")
    proof = prove_second_factor(account, typed, None, client_address=client_address, at=at)
    if proof.is_given:
        _take_away(account, "remove_second_factor", actor=actor, at=at)
    return proof


def reset_second_factor(account: Account, *, actor: Actor, at: datetime) -> None:
    """Take the second factor of somebody who lost the device away; the account signs in anew.

    The security administrator has checked in person who asks; the record says who did it. Nobody
    does it for himself: that would be a way round the second factor.
    Errors: FourEyesViolated, NotAllowedNow when there is none.
    """
    if actor.account_id == account.id:
        raise FourEyesViolated()
    lock_in_order(db.session, Account, [account.id])
    if account.totp_sealed is None:
        raise NotAllowedNow("none", "reset_second_factor")
    _take_away(account, "reset_second_factor", actor=actor, at=at)


def _take_away(account: Account, action: str, *, actor: Actor, at: datetime) -> None:
    account.totp_secret = None
    account.totp_confirmed_at = None
    account.totp_last_counter = None
    db.session.flush()
    but = actor.sign_in_id if actor.account_id == account.id else None
    end_sign_ins(account.id, SignInEnd.SECOND_FACTOR_RESET, actor=actor, at=at, but=but)
    record(SubjectKind.ACCOUNT, account.id, action, actor=actor, at=at)
    tell_second_factor(SECOND_FACTOR_REMOVED, account, at=at)
