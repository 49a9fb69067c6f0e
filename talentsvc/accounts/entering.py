"""Letting somebody in: a new sign-in, a new session, and where to go from here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import current_app, redirect, request, session, url_for
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from talentsvc.access.actor import Actor
from talentsvc.accounts.actions.begin_sign_in import begin_sign_in
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import SignedIn, account_of
from talentsvc.accounts.surroundings import client_address, keep, kept, mailed_pages
from talentsvc.accounts.terms import SECOND_STEP_LIFE, AccountState, SignInEnd
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import blind_index
from talentsvc.extensions.local_paths import local_path

#: Where somebody goes who asked for no page: the first of these that exists.
_PUBLIC_HOMES = ("cards.my_applications", "accounts.home")
_HALF = "half_signed_in"


def landing(actor: Actor) -> str:
    """The first page after signing in."""
    homes = ("desk.home", *_PUBLIC_HOMES) if actor.is_staff else _PUBLIC_HOMES
    return url_for(next(home for home in homes if home in current_app.view_functions))


def enter(account: Account, target: str | None, *, has_second_factor: bool = False) -> Response:
    """Begin a sign-in and lead on. The cookie starts anew, so nothing planted in it before survives."""
    begun = begin_sign_in(
        account,
        user_agent=request.user_agent.string,
        client_address=client_address(),
        has_second_factor=has_second_factor,
        pages=mailed_pages(),
        at=now(),
    )
    if isinstance(previous := current_user._get_current_object(), SignedIn):
        end_sign_ins(
            previous.account_id,
            SignInEnd.REPLACED,
            actor=previous.actor,
            at=now(),
            only=previous.sign_in_id,
        )
    session.clear()
    login_user(SignedIn(begun.token, begun.sign_in, begun.actor, account.id))
    return redirect(local_path(target, landing(begun.actor)), 303)


def ask_second_step(account: Account, target: str | None) -> Response:
    """Remember that the first step was passed, for a few minutes, and ask for the second."""
    keep(
        _HALF,
        {
            "account_id": str(account.id),
            "at": now().isoformat(),
            "proof": _first_step_proof(account),
            "next": local_path(target, ""),
        },
    )
    return redirect(url_for("accounts.second_step"), 303)


def half_signed_in() -> tuple[Account, str] | None:
    """Who passed the first step in this browser, and where to; None when it is too long ago.

    A password changed meanwhile makes the first step void.
    """
    values = kept(_HALF)
    if values is None or now() - datetime.fromisoformat(values["at"]) > SECOND_STEP_LIFE:
        return None
    try:
        account = account_of(UUID(values["account_id"]))
    except NotFoundHere:
        return None
    is_same = values["proof"] == _first_step_proof(account)
    return (account, values["next"]) if is_same and account.state is AccountState.ACTIVE else None


def _first_step_proof(account: Account) -> str:
    return blind_index("first_step", f"{account.id}:{account.password_hash}").hex()
