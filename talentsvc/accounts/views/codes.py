"""The page where a code that was sent is typed, and the button that sends another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.accounts.actions.check_code import CheckedCode, check_code
from talentsvc.accounts.actions.send_code_again import send_code_again
from talentsvc.accounts.actions.verify_account import verify_account
from talentsvc.accounts.entering import ask_second_step, enter
from talentsvc.accounts.forms import CodeForm
from talentsvc.accounts.queries import account_of
from talentsvc.accounts.refusals import CODE_OVER, WRONG_CODE, wait_sentence
from talentsvc.accounts.rules.identifiers import Identifier, parse_identifier
from talentsvc.accounts.surroundings import client_address, keep, kept, mailed_pages
from talentsvc.accounts.terms import CodePurpose, CodeVerdict
from talentsvc.accounts.views import blueprint
from talentsvc.accounts.views.answers import refuse, refused, too_many
from talentsvc.core.clock import now
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.language import chosen_language
from talentsvc.extensions.local_paths import local_path

_PAGE = "accounts/enter_code.html"
_ASKED = "asked_code"


@dataclass(frozen=True)
class Asked:
    """The code this browser waits for. Only here can it be typed: whoever is sent a code without
    having asked for it cannot be talked into confirming somebody else's registration."""

    code_id: UUID
    purpose: CodePurpose
    identifier: Identifier
    target: str


def remember_asked(
    code_id: UUID | None, purpose: CodePurpose, identifier: Identifier, target: str | None
) -> None:
    """Remember in this browser which code was asked for."""
    values = {"code_id": str(code_id), "purpose": purpose.value, "identifier": identifier.value}
    keep(_ASKED, {**values, "next": local_path(target, "")})


def asked_code(*purposes: CodePurpose) -> Asked | None:
    """The code this browser waits for, if it is for one of these purposes."""
    values = kept(_ASKED)
    if values is None or values["purpose"] not in purposes:
        return None
    return Asked(
        UUID(values["code_id"]),
        CodePurpose(values["purpose"]),
        parse_identifier(values["identifier"]),
        values["next"],
    )


def _waiting_for() -> Asked | None:
    return asked_code(CodePurpose.VERIFY_EMAIL, CodePurpose.VERIFY_PHONE, CodePurpose.SIGN_IN)


def nothing_asked() -> Any:
    """To the sign-in page: it asks for a code again where one is needed."""
    flash(
        _("Sign in to go on. If your address still has to be proved, we send you a code."), "info"
    )
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/code", methods=["GET", "POST"])
@requires("public")
def enter_code() -> Any:
    """Type the code of a registration or a sign-in."""
    asked = _waiting_for()
    if asked is None:
        return nothing_asked()
    form = CodeForm()
    context = {"asked": asked, "again_form": ActionForm()}
    if request.method != "POST":
        return render_template(_PAGE, form=form, **context)
    if not form.was_sent():
        return refused(_PAGE, form, **context)
    checked = _check(asked, form.code.digits)
    if checked.waiting is not None:
        return too_many(_PAGE, form, checked.waiting, **context)
    if checked.account_id is None:
        refuse(form.code, CODE_OVER if checked.verdict is CodeVerdict.OVER else WRONG_CODE)
        return refused(_PAGE, form, **context)
    account = account_of(checked.account_id)
    if account.totp_confirmed_at is not None:
        return ask_second_step(account, asked.target)
    return enter(account, asked.target)


def _check(asked: Asked, digits: str) -> CheckedCode:
    check = check_code if asked.purpose is CodePurpose.SIGN_IN else verify_account
    return check(asked.code_id, asked.purpose, digits, client_address=client_address(), at=now())


@blueprint.post("/code/again")
@requires("public")
def send_code_once_more() -> Any:
    """Send another code; the answer is the same whether or not one was sent."""
    asked = asked_code(*CodePurpose)
    if asked is None:
        return nothing_asked()
    again = send_code_again(
        asked.code_id,
        asked.purpose,
        asked.identifier,
        language=chosen_language(),
        pages=mailed_pages(),
        client_address=client_address(),
        at=now(),
    )
    if again.waiting is not None:
        flash(wait_sentence(again.waiting), "warning")
    else:
        remember_asked(again.code_id, asked.purpose, asked.identifier, asked.target)
        flash(_("We have sent a new code. The one before no longer works."), "success")
    is_reset = asked.purpose is CodePurpose.RESET_PASSWORD
    return redirect(url_for("accounts.reset_by_code" if is_reset else "accounts.enter_code"), 303)
