"""Changing one's own password."""

from __future__ import annotations

from datetime import datetime

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.hash_password import hash_password
from talentsvc.accounts.actions.prove_password import Proof, prove_password
from talentsvc.accounts.actions.set_password import set_password
from talentsvc.accounts.models import Account
from talentsvc.accounts.rules.passwords import check_password
from talentsvc.accounts.terms import MailedPages


def change_password(
    account: Account,
    current: str,
    wanted: str,
    *,
    client_address: str,
    pages: MailedPages,
    actor: Actor,
    at: datetime,
) -> Proof:
    """Change the password once the current one is proved; all other sign-ins end.

    Errors: WeakPassword.
    """
    own_addresses = tuple(address for address in (account.email, account.phone) if address)
    password_hash = hash_password(check_password(wanted, own_addresses))
    proof = prove_password(account, current, client_address=client_address, at=at)
    if proof.is_given:
        set_password(
            account,
            password_hash,
            action="change_password",
            pages=pages,
            actor=actor,
            at=at,
            but=actor.sign_in_id,
        )
    return proof
