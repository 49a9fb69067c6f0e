"""The second factor of one's own account: set up, prove, take away.

One page in four stages, told by the account and this sign-in: `start` (nothing yet, asks for the
password), `confirm` (a secret waits for its first code), `prove` (in force, but this sign-in has not
shown it) and `proved` (in force and shown; a code takes it away again).
"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.accounts.actions.confirm_second_factor import confirm_second_factor
from talentsvc.accounts.actions.prove_password import Proof
from talentsvc.accounts.actions.prove_second_factor import prove_second_factor
from talentsvc.accounts.actions.remove_second_factor import remove_second_factor
from talentsvc.accounts.actions.start_second_factor import start_second_factor
from talentsvc.accounts.entering import landing
from talentsvc.accounts.forms import CodeForm, PasswordForm
from talentsvc.accounts.models import Account
from talentsvc.accounts.refusals import WRONG_CODE, WRONG_PASSWORD
from talentsvc.accounts.rules.second_factor import enrolment_address, grouped
from talentsvc.accounts.surroundings import client_address
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.answers import refuse, refused, too_many
from talentsvc.accounts.views.own import own_account
from talentsvc.core.clock import now
from talentsvc.core.masking import mask_email, mask_phone
from talentsvc.core.qr import qr_data_uri
from talentsvc.extensions.current import current_settings
from talentsvc.extensions.language import pick

_PAGE = "accounts/second_factor.html"


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@requires("account.manage")
def second_factor() -> Any:
    """Show or take the step this account stands at; staff come here before the desk opens."""
    account = own_account()
    stage = _stage(account)
    form = PasswordForm() if stage == "start" else CodeForm()
    if request.method != "POST":
        return render_template(_PAGE, form=form, **_context(account, stage))
    if request.form.get("stage") != stage:
        # The page was older than what happened since; it is shown anew, and nothing was done.
        return redirect(url_for("accounts.second_factor"), 303)
    if not form.was_sent():
        return refused(_PAGE, form, **_context(account, stage))
    proof = _take_step(account, stage, form)
    if proof.waiting is not None:
        return too_many(_PAGE, form, proof.waiting, **_context(account, stage))
    if proof.is_given:
        return _next_page(stage)
    if stage == "start":
        refuse(form.password, WRONG_PASSWORD)
    else:
        refuse(form.code, WRONG_CODE)
    return refused(_PAGE, form, **_context(account, stage))


def _stage(account: Account) -> str:
    if account.totp_confirmed_at is not None:
        return "proved" if current_user.sign_in.has_second_factor else "prove"
    is_anew = account.totp_sealed is None or "anew" in request.args
    return "start" if is_anew else "confirm"


def _take_step(account: Account, stage: str, form: Any) -> Proof:
    actor, at, address = acting(), now(), client_address()
    if stage == "start":
        return start_second_factor(account, form.password.data or "", client_address=address, at=at)
    digits = form.code.digits
    if stage == "confirm":
        return confirm_second_factor(account, digits, client_address=address, actor=actor, at=at)
    if stage == "prove":
        return prove_second_factor(account, digits, actor.sign_in_id, client_address=address, at=at)
    return remove_second_factor(account, digits, client_address=address, actor=actor, at=at)


def _next_page(stage: str) -> Any:
    if stage == "confirm":
        flash(
            _("The second step is on. From now on we ask for a code when you sign in."), "success"
        )
    if stage == "proved":
        flash(_("The second step is off."), "success")
    if stage in ("confirm", "prove") and acting().must_set_second_factor:
        return redirect(landing(acting()), 303)
    return redirect(url_for("accounts.second_factor"), 303)


def _context(account: Account, stage: str) -> dict[str, Any]:
    context: dict[str, Any] = {"stage": stage, "is_required": acting().must_set_second_factor}
    if stage == "confirm":
        secret = account.totp_secret
        address = _enrolment_address(account, secret)
        context.update(secret=grouped(secret), enrolment_href=address, qr_src=_picture(address))
    return context


def _enrolment_address(account: Account, secret: str) -> str:
    settings = current_settings()
    name = mask_email(account.email) if account.email else mask_phone(account.phone or "")
    issuer = pick(settings.zone_name_zh, settings.zone_name_en)
    return enrolment_address(secret, name, issuer)


def _picture(address: str) -> str:
    """A QR code inside the page: what it says is a secret, so the picture gets no address of its own."""
    return qr_data_uri(address)
