"""Registering with an e-mail address or a mobile number."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from talentsvc.access.route import requires
from talentsvc.accounts.actions.register_account import register_account
from talentsvc.accounts.actions.send_code import verification_of
from talentsvc.accounts.forms import RegisterForm
from talentsvc.accounts.surroundings import client_address, mailed_pages
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.answers import refused, too_many
from talentsvc.accounts.views.codes import remember_asked
from talentsvc.core.clock import now
from talentsvc.extensions.language import chosen_language

_PAGE = "accounts/register.html"


@blueprint.route("/register", methods=["GET", "POST"])
@requires("public")
def register() -> Any:
    """Register; the answer is the same whether or not the address has an account."""
    form = RegisterForm()
    if request.method != "POST":
        return render_template(_PAGE, form=form)
    if not form.was_sent():
        return refused(_PAGE, form)
    identifier = form.identifier.parsed
    asked = register_account(
        identifier,
        password=form.password.data or "",
        display_name=form.display_name.data or "",
        language=chosen_language(),
        pages=mailed_pages(),
        client_address=client_address(),
        at=now(),
    )
    if asked.waiting is not None:
        return too_many(_PAGE, form, asked.waiting)
    remember_asked(asked.code_id, verification_of(identifier), identifier, request.args.get("next"))
    return redirect(url_for("accounts.enter_code"), 303)
