"""Taking one's own second factor away, to set up another device."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.prove_password import Proof
from talentsvc.accounts.actions.prove_second_factor import prove_second_factor
from talentsvc.accounts.actions.take_second_factor import take_second_factor
from talentsvc.accounts.models import Account
from talentsvc.core.errors import NotAllowedNow
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def remove_second_factor(
    account: Account, typed: str, *, client_address: str, actor: Actor, at: datetime
) -> Proof:
    """Take it away with a code of it. Errors: NotAllowedNow when there is none."""
    lock_in_order(db.session, Account, [account.id])
    if account.totp_confirmed_at is None:
        raise NotAllowedNow("none", "remove_second_factor")
    proof = prove_second_factor(account, typed, None, client_address=client_address, at=at)
    if proof.is_given:
        take_second_factor(account, "remove_second_factor", actor=actor, at=at)
    return proof
