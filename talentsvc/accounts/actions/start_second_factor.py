"""Setting up the second factor: first a secret, in force once a code of it was typed."""

from __future__ import annotations

from datetime import datetime

from talentsvc.accounts.actions.prove_password import Proof, prove_password
from talentsvc.accounts.models import Account
from talentsvc.accounts.rules.second_factor import new_secret
from talentsvc.core.errors import NotAllowedNow
from talentsvc.extensions.database import db


def start_second_factor(
    account: Account, password: str, *, client_address: str, at: datetime
) -> Proof:
    """Make a secret once the password is proved, so that an open browser alone cannot lock its owner out.

    Errors: NotAllowedNow when a second factor is in force already.
    """
    proof = prove_password(account, password, client_address=client_address, at=at)
    if account.totp_confirmed_at is not None:
        raise NotAllowedNow("in_force", "start_second_factor")
    if proof.is_given:
        account.totp_secret = new_secret()
        account.totp_last_counter = None
        db.session.flush()
    return proof
