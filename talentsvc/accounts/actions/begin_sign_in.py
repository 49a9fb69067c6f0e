"""Beginning a sign-in: a row of our own, so that it can be listed, limited and ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.accounts.messages import NEW_SIGN_IN, moment_text
from talentsvc.accounts.models import Account, SignIn
from talentsvc.accounts.queries import actor_for, token_hash
from talentsvc.accounts.recipients import recipient_of
from talentsvc.accounts.rules.devices import device_name
from talentsvc.accounts.terms import MailedPages
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.extensions.database import db
from talentsvc.notices.actions.post import post

_TOKEN_BYTES = 32


@dataclass(frozen=True)
class BegunSignIn:
    """A fresh sign-in with the token for the cookie, which is stored nowhere."""

    token: str
    sign_in: SignIn
    actor: Actor


def begin_sign_in(
    account: Account,
    *,
    user_agent: str,
    client_address: str,
    has_second_factor: bool,
    pages: MailedPages,
    at: datetime,
) -> BegunSignIn:
    """Sign an account in on one device. The token has 256 random bits; its hash finds the row.

    A device not seen before is told to the account, once it has been used on any device at all.
    """
    device = device_name(user_agent)
    is_new_device = _is_new_device(account, device)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    sign_in = SignIn(
        account_id=account.id,
        token_hash=token_hash(token),
        created_at=at,
        last_seen_at=at,
        address=client_address,
        device=device,
        has_second_factor=has_second_factor,
    )
    db.session.add(sign_in)
    db.session.flush()
    actor = actor_for(account, sign_in, at)
    after = {"sign_in_id": sign_in.id, "has_second_factor": has_second_factor}
    record(SubjectKind.ACCOUNT, account.id, "begin_sign_in", actor=actor, at=at, after=after)
    if is_new_device and not account.is_demo:
        _tell(account, sign_in, pages, at)
    return BegunSignIn(token, sign_in, actor)


def _is_new_device(account: Account, device: str) -> bool:
    known = set(
        db.session.execute(
            select(SignIn.device).where(SignIn.account_id == account.id).distinct()
        ).scalars()
    )
    return bool(known) and device not in known


def _tell(account: Account, sign_in: SignIn, pages: MailedPages, at: datetime) -> None:
    params = {
        "name": account.display_name,
        "moment": moment_text(at),
        "device": sign_in.device,
        "link": pages.sign_ins,
    }
    post(
        NEW_SIGN_IN,
        recipient_of(account),
        subject_kind=SubjectKind.ACCOUNT,
        subject_id=account.id,
        params=params,
        at=at,
        version=str(sign_in.id),
    )
