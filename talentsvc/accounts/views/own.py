"""One's own account: name, language, password."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.accounts.actions.change_password import change_password
from talentsvc.accounts.actions.set_preferences import set_preferences
from talentsvc.accounts.forms import ChangePasswordForm, PreferencesForm
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import account_of
from talentsvc.accounts.queries.inbox import unread_count
from talentsvc.accounts.queries.sign_ins import open_sign_ins
from talentsvc.accounts.refusals import WRONG_PASSWORD
from talentsvc.accounts.surroundings import client_address, mailed_pages
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.answers import refuse, refused, too_many
from talentsvc.core.clock import now
from talentsvc.core.masking import mask_email, mask_phone
from talentsvc.extensions.language import COOKIE, LOCALES

_PAGE = "accounts/home.html"
_PASSWORD_PAGE = "accounts/password.html"  # noqa: S105 - a template
_YEAR_SECONDS = 365 * 24 * 3600


def own_account() -> Account:
    """The account at work."""
    return account_of(acting().account_id)


def _overview(account: Account) -> dict[str, Any]:
    return {
        "email": mask_email(account.email) if account.email else None,
        "phone": mask_phone(account.phone) if account.phone else None,
        "has_second_factor": account.totp_confirmed_at is not None,
        "sign_in_count": len(open_sign_ins(account.id, now())),
        "unread": unread_count(account.id),
    }


@blueprint.route("/account", methods=["GET", "POST"])
@requires("account.manage")
def home() -> Any:
    """The account at a glance, with name and language to change."""
    account = own_account()
    form = PreferencesForm(obj=account)
    if request.method != "POST":
        return render_template(_PAGE, form=form, **_overview(account))
    if not form.was_sent():
        return refused(_PAGE, form, **_overview(account))
    language = form.language.data
    set_preferences(
        account,
        display_name=form.display_name.data or "",
        language=language,
        actor=acting(),
        at=now(),
    )
    with force_locale(LOCALES[language]):
        flash(_("Saved."), "success")
    response = redirect(url_for("accounts.home"), 303)
    # The cookie of the language switch goes before the account's choice, so it follows it here.
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        COOKIE, language, max_age=_YEAR_SECONDS, samesite="Lax", secure=secure, httponly=True
    )
    return response


@blueprint.route("/account/password", methods=["GET", "POST"])
@requires("account.manage")
def password() -> Any:
    """Change the password; the current one is asked for, and all other sign-ins end."""
    account = own_account()
    form = ChangePasswordForm()
    own = (account.email, account.phone)
    form.password.own_addresses = tuple(address for address in own if address)
    if request.method != "POST":
        return render_template(_PASSWORD_PAGE, form=form)
    if not form.was_sent():
        return refused(_PASSWORD_PAGE, form)
    proof = change_password(
        account,
        form.current.data or "",
        form.password.data or "",
        client_address=client_address(),
        pages=mailed_pages(),
        actor=acting(),
        at=now(),
    )
    if proof.waiting is not None:
        return too_many(_PASSWORD_PAGE, form, proof.waiting)
    if not proof.is_given:
        refuse(form.current, WRONG_PASSWORD)
        return refused(_PASSWORD_PAGE, form)
    flash(_("Your password is changed. All other devices were signed out."), "success")
    return redirect(url_for("accounts.home"), 303)
