"""One's own sign-ins: where the account is open, and how to close it there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import logout_user

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.labels import END_NAMES, TIMED_OUT
from talentsvc.accounts.queries.sign_ins import open_sign_ins, past_sign_ins
from talentsvc.accounts.terms import SignInEnd
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.own import own_account
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.forms import ActionForm


@blueprint.get("/account/sign-ins")
@requires("account.manage")
def sign_ins() -> Any:
    """Where the account is signed in now, and where it was."""
    account = own_account()
    at = now()
    return render_template(
        "accounts/sign_ins.html",
        open_ones=open_sign_ins(account.id, at),
        past_ones=past_sign_ins(account.id, at),
        own_id=acting().sign_in_id,
        end_names=END_NAMES,
        timed_out=TIMED_OUT,
        button=ActionForm(),
    )


@blueprint.post("/account/sign-ins/<uuid:sign_in_id>/end")
@requires("account.manage")
def end_sign_in(sign_in_id: UUID) -> Any:
    """Sign one device out."""
    actor = acting()
    account = own_account()
    ended = end_sign_ins(account.id, SignInEnd.SIGNED_OUT, actor=actor, at=now(), only=sign_in_id)
    if not ended:
        raise NotFoundHere()
    flash(_("That device is signed out."), "success")
    return redirect(url_for("accounts.sign_ins"), 303)


@blueprint.post("/account/sign-ins/end-all")
@requires("account.manage")
def sign_out_everywhere() -> Any:
    """Sign every device out, this one too."""
    account = own_account()
    end_sign_ins(account.id, SignInEnd.SIGNED_OUT_EVERYWHERE, actor=acting(), at=now())
    logout_user()
    session.clear()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("accounts.sign_in"), 303)
