"""Pages of accounts: register, sign in, reset, second factor, own sign-ins, inbox."""

from __future__ import annotations

from flask import Blueprint, Response, g

from talentsvc.accounts.actions.note_seen import note_seen
from talentsvc.accounts.queries import SignedIn
from talentsvc.accounts.terms import SEEN_EVERY
from talentsvc.core.clock import now

blueprint = Blueprint("accounts", __name__)


@blueprint.after_app_request
def note_last_seen(response: Response) -> Response:
    """Write the sign-in's last-seen time once the answer is out, if it is a minute old."""
    user = g.get("_login_user")
    if isinstance(user, SignedIn) and now() - user.last_seen_at >= SEEN_EVERY:
        response.call_on_close(note_seen(user.sign_in_id, now()))
    return response


from talentsvc.accounts.views import (  # noqa: E402 - routes register on the blueprint above
    codes,
    inbox,
    own,
    register,
    reset,
    second_factor,
    sign_in,
    sign_ins,
)

__all__ = [
    "blueprint",
    "codes",
    "inbox",
    "own",
    "register",
    "reset",
    "second_factor",
    "sign_in",
    "sign_ins",
]
