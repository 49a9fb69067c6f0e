"""Setting a new password without the old one."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.accounts.actions.ask_password_reset import ask_password_reset
from talentsvc.accounts.actions.reset_password import reset_password
from talentsvc.accounts.forms import AddressForm, NewPasswordForm, ResetByCodeForm
from talentsvc.accounts.queries.codes import is_reset_link_open
from talentsvc.accounts.refusals import CODE_OVER, WRONG_CODE
from talentsvc.accounts.rules.reset_links import split_token
from talentsvc.accounts.surroundings import client_address, mailed_pages
from talentsvc.accounts.terms import CodePurpose, CodeVerdict
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.answers import refuse, refused, too_many
from talentsvc.accounts.views.codes import asked_code, nothing_asked, remember_asked
from talentsvc.core.clock import now
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.language import chosen_language

_PAGE = "accounts/reset.html"
_LINK_PAGE = "accounts/new_password.html"
_CODE_PAGE = "accounts/reset_by_code.html"


@blueprint.route("/reset", methods=["GET", "POST"])
@requires("public")
def reset() -> Any:
    """Ask for a link or a code; the answer is the same whether or not there is an account."""
    form = AddressForm()
    if request.method != "POST":
        return render_template(_PAGE, form=form)
    if not form.was_sent():
        return refused(_PAGE, form)
    identifier = form.identifier.parsed
    asked = ask_password_reset(
        identifier,
        language=chosen_language(),
        pages=mailed_pages(),
        client_address=client_address(),
        at=now(),
    )
    if asked.waiting is not None:
        return too_many(_PAGE, form, asked.waiting)
    remember_asked(asked.code_id, CodePurpose.RESET_PASSWORD, identifier, None)
    is_email = identifier.is_email
    return redirect(url_for("accounts.reset_sent" if is_email else "accounts.reset_by_code"), 303)


@blueprint.get("/reset/sent")
@requires("public")
def reset_sent() -> Any:
    """Look into the mail."""
    return render_template("accounts/reset_sent.html", asked=asked_code(CodePurpose.RESET_PASSWORD))


@blueprint.route("/reset/new", methods=["GET", "POST"])
@requires("public")
def new_password() -> Any:
    """The page behind a mailed link: opening it changes nothing, its button does (a mail scanner opens links).

    The token stands in the query, which no log of ours keeps, and goes on in a hidden field.
    """
    form = NewPasswordForm()
    if request.method != "POST":
        form.token.data = request.args.get("token", "")
        return _link_page(form, 200)
    if not form.was_sent():
        return _link_page(form, 422)
    code_id, secret = split_token(form.token.data)
    checked = reset_password(
        code_id,
        secret,
        form.password.data or "",
        is_link=True,
        client_address=client_address(),
        pages=mailed_pages(),
        at=now(),
    )
    if checked.waiting is not None:
        return too_many(_LINK_PAGE, form, checked.waiting, is_open=True)
    return _done() if checked.account_id is not None else _link_page(form, 422)


def _link_page(form: NewPasswordForm, status: int) -> Any:
    is_open = is_reset_link_open(form.token.data, now())
    response = make_response(render_template(_LINK_PAGE, form=form, is_open=is_open), status)
    # The address holds the token: what this page leads to learns the site's name at most.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


@blueprint.route("/reset/code", methods=["GET", "POST"])
@requires("public")
def reset_by_code() -> Any:
    """The same with a code by text message."""
    asked = asked_code(CodePurpose.RESET_PASSWORD)
    if asked is None or asked.identifier.is_email:
        return nothing_asked()
    form = ResetByCodeForm()
    context = {"asked": asked, "again_form": ActionForm()}
    form.password.own_addresses = (asked.identifier.value,)
    if request.method != "POST":
        return render_template(_CODE_PAGE, form=form, **context)
    if not form.was_sent():
        return refused(_CODE_PAGE, form, **context)
    checked = reset_password(
        asked.code_id,
        form.code.digits,
        form.password.data or "",
        is_link=False,
        client_address=client_address(),
        pages=mailed_pages(),
        at=now(),
    )
    if checked.waiting is not None:
        return too_many(_CODE_PAGE, form, checked.waiting, **context)
    if checked.account_id is not None:
        return _done()
    refuse(form.code, CODE_OVER if checked.verdict is CodeVerdict.OVER else WRONG_CODE)
    return refused(_CODE_PAGE, form, **context)


def _done() -> Any:
    flash(_("Your new password is set. Sign in with it."), "success")
    return redirect(url_for("accounts.sign_in"), 303)
