"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import logout_user

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.accounts.actions.ask_sign_in_code import ask_sign_in_code
from talentsvc.accounts.actions.check_credentials import CheckedCredentials, check_credentials
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.actions.prove_second_factor import prove_second_factor
from talentsvc.accounts.actions.send_verification import send_verification
from talentsvc.accounts.entering import ask_second_step, enter, half_signed_in, landing
from talentsvc.accounts.forms import CodeForm, MobileForm, SignInForm
from talentsvc.accounts.queries import account_of
from talentsvc.accounts.refusals import WRONG_CODE, WRONG_CREDENTIALS
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.surroundings import client_address, mailed_pages
from talentsvc.accounts.terms import CodePurpose, SignInEnd, SignInVerdict
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.answers import refuse, refused, too_many
from talentsvc.accounts.views.codes import remember_asked
from talentsvc.core.clock import now
from talentsvc.extensions.language import chosen_language
from talentsvc.extensions.local_paths import local_path

_PAGE = "accounts/sign_in.html"
_MOBILE_PAGE = "accounts/sign_in_by_code.html"
_SECOND_PAGE = "accounts/second_step.html"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@requires("public")
def sign_in() -> Any:
    """Sign in with address and password."""
    target = request.args.get("next")
    form = SignInForm()
    if request.method != "POST":
        actor = acting()
        if actor.is_signed_in:
            return redirect(local_path(target, landing(actor)), 303)
        return render_template(_PAGE, form=form)
    if not form.was_sent():
        return refused(_PAGE, form)
    identifier = form.identifier.parsed
    checked = check_credentials(
        identifier, form.password.data or "", client_address=client_address(), at=now()
    )
    if checked.waiting is not None:
        return too_many(_PAGE, form, checked.waiting)
    if checked.account is None:
        refuse(form.password, WRONG_CREDENTIALS)
        return refused(_PAGE, form)
    return _go_on(checked, identifier, target, form)


def _go_on(
    checked: CheckedCredentials, identifier: Identifier, target: str | None, form: SignInForm
) -> Any:
    account = account_of(checked.account.id if checked.account else None)
    if checked.verdict is SignInVerdict.SECOND_FACTOR_NEEDED:
        return ask_second_step(account, target)
    if checked.verdict is SignInVerdict.SIGNED_IN:
        return enter(account, target)
    asked = send_verification(account, identifier, client_address=client_address(), at=now())
    if asked.waiting is not None:
        return too_many(_PAGE, form, asked.waiting)
    remember_asked(asked.code_id, asked.purpose, identifier, target)
    flash(_("Your address has not been proved yet. We have sent you a code."), "info")
    return redirect(url_for("accounts.enter_code"), 303)


@blueprint.route("/sign-in/by-code", methods=["GET", "POST"])
@requires("public")
def sign_in_by_code() -> Any:
    """Sign in with a code by text message; the answer is the same for every number."""
    form = MobileForm()
    if request.method != "POST":
        return render_template(_MOBILE_PAGE, form=form)
    if not form.was_sent():
        return refused(_MOBILE_PAGE, form)
    identifier = form.identifier.parsed
    asked = ask_sign_in_code(
        identifier,
        language=chosen_language(),
        pages=mailed_pages(),
        client_address=client_address(),
        at=now(),
    )
    if asked.waiting is not None:
        return too_many(_MOBILE_PAGE, form, asked.waiting)
    remember_asked(asked.code_id, CodePurpose.SIGN_IN, identifier, request.args.get("next"))
    return redirect(url_for("accounts.enter_code"), 303)


@blueprint.route("/sign-in/second-step", methods=["GET", "POST"])
@requires("public")
def second_step() -> Any:
    """The code of the authenticator app, after the password."""
    half = half_signed_in()
    if half is None:
        flash(_("That took too long. Please start again."), "info")
        return redirect(url_for("accounts.sign_in"), 303)
    account, target = half
    form = CodeForm()
    if request.method != "POST":
        return render_template(_SECOND_PAGE, form=form)
    if not form.was_sent():
        return refused(_SECOND_PAGE, form)
    proof = prove_second_factor(
        account, form.code.digits, None, client_address=client_address(), at=now()
    )
    if proof.waiting is not None:
        return too_many(_SECOND_PAGE, form, proof.waiting)
    if not proof.is_given:
        refuse(form.code, WRONG_CODE)
        return refused(_SECOND_PAGE, form)
    return enter(account, target, has_second_factor=True)


@blueprint.post("/sign-out")
@requires("account.manage")
def sign_out() -> Any:
    """End this sign-in; the cookie is emptied and its token is worth nothing any more."""
    actor = acting()
    account = account_of(actor.account_id)
    end_sign_ins(account.id, SignInEnd.SIGNED_OUT, actor=actor, at=now(), only=actor.sign_in_id)
    logout_user()
    session.clear()
    flash(_("You are signed out."), "success")
    return redirect(url_for("site.home"), 303)
