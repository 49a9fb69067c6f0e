"""Recovery of somebody who lost the device of the second factor."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.take_second_factor import take_second_factor
from talentsvc.accounts.models import Account
from talentsvc.core.errors import FourEyesViolated, NotAllowedNow
from talentsvc.core.locking import lock_in_order
from talentsvc.extensions.database import db


def reset_second_factor(account: Account, *, actor: Actor, at: datetime) -> None:
    """Take the second factor of somebody else away; all sign-ins of that account end.

    The security administrator has checked in person who asks; the record says who did it. Nobody
    does it for himself: that would be a way round the second factor.
    Errors: FourEyesViolated, NotAllowedNow when there is none.
    """
    if actor.account_id == account.id:
        raise FourEyesViolated()
    lock_in_order(db.session, Account, [account.id])
    if account.totp_sealed is None:
        raise NotAllowedNow("none", "reset_second_factor")
    take_second_factor(account, "reset_second_factor", actor=actor, at=at)
