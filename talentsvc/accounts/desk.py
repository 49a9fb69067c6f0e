"""Desk pages of the security administrator: who holds which role, from when until when."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.roles import Role
from talentsvc.access.route import requires
from talentsvc.accounts.actions.end_role_grant import end_role_grant
from talentsvc.accounts.actions.end_sign_ins import end_sign_ins
from talentsvc.accounts.actions.grant_role import grant_role
from talentsvc.accounts.actions.reset_second_factor import reset_second_factor
from talentsvc.accounts.forms import GrantForm
from talentsvc.accounts.labels import ROLE_HINTS, ROLE_NAMES, STATE_NAMES
from talentsvc.accounts.models import Account, RoleGrant
from talentsvc.accounts.queries import account_of, find_account
from talentsvc.accounts.queries.sign_ins import last_sign_ins, open_sign_ins
from talentsvc.accounts.queries.staff import grant_of, grants_of, staff_accounts
from talentsvc.accounts.refusals import sentence_for
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.accounts.terms import SignInEnd
from talentsvc.core.clock import end_of_day, local_date, now, start_of_day
from talentsvc.core.errors import InvalidInput
from talentsvc.core.masking import mask_email, mask_phone
from talentsvc.core.paging import PageOf
from talentsvc.extensions.forms import ActionForm

blueprint = Blueprint("accounts_desk", __name__, url_prefix="/desk/accounts")

_PAGE = "accounts/desk/account.html"
#: Where a field of the form bears another name than the action's argument.
_FIELD_OF = {"until": "ends_on"}


@blueprint.get("")
@requires("accounts.grant")
def grants() -> Any:
    """Everybody who holds, held or will hold a role; or the account with exactly this address."""
    asked = request.args.get("q", "").strip()
    page, problem = _found(asked) if asked else (_staff(), None)
    ids = [account.id for account in page.items]
    return render_template(
        "accounts/desk/grants.html",
        page=page,
        asked=asked,
        problem=problem,
        grants=grants_of(ids),
        last_sign_ins=last_sign_ins(ids),
        role_names=ROLE_NAMES,
        state_names=STATE_NAMES,
        addresses=_addresses,
        at=now(),
    )


def _staff() -> PageOf[Account]:
    return staff_accounts(request.args.get("cursor"))


def _found(asked: str) -> tuple[PageOf[Account], Any]:
    """Addresses are encrypted, so an account is found by the whole address or not at all."""
    nobody: PageOf[Account] = PageOf((), None, None)
    try:
        account = find_account(parse_identifier(asked))
    except InvalidInput as refusal:
        return nobody, sentence_for(refusal)
    return (PageOf((account,), None, None), None) if account is not None else (nobody, None)


@blueprint.route("/<uuid:account_id>", methods=["GET", "POST"])
@requires("accounts.grant")
def account(account_id: UUID) -> Any:
    """One account: its roles, and the form that gives another."""
    chosen = account_of(account_id)
    form = GrantForm()
    if request.method != "POST":
        return _account_page(chosen, form, 200)
    if not form.was_sent():
        return _account_page(chosen, form, 422)
    try:
        _grant(chosen, form)
    except InvalidInput as refusal:
        field = form[_FIELD_OF.get(refusal.field, refusal.field)]
        field.errors = [*field.errors, sentence_for(refusal)]
        return _account_page(chosen, form, 422)
    flash(
        _("The role is given. The account was signed out and works with it from the next sign-in."),
        "success",
    )
    return redirect(url_for("accounts_desk.account", account_id=chosen.id), 303)


def _grant(chosen: Account, form: GrantForm) -> None:
    at = now()
    starts_on, ends_on = form.starts_on.data, form.ends_on.data
    grant_role(
        chosen,
        Role(form.role.data),
        actor=acting(),
        at=at,
        starts_at=start_of_day(starts_on) if starts_on else None,
        until=end_of_day(ends_on) if ends_on else None,
    )


def _account_page(chosen: Account, form: GrantForm, status: int) -> Any:
    at = now()
    page = render_template(
        _PAGE,
        account=chosen,
        addresses=_addresses,
        form=form,
        grants=grants_of([chosen.id])[chosen.id],
        standing=_standing,
        role_names=ROLE_NAMES,
        role_hints=ROLE_HINTS,
        state_names=STATE_NAMES,
        open_ones=open_sign_ins(chosen.id, at),
        is_own=chosen.id == acting().account_id,
        button=ActionForm(),
        today=local_date(at).isoformat(),
        at=at,
    )
    return page, status


def _addresses(account: Account) -> str:
    """The account's addresses, masked: the administrator tells accounts apart, and needs no more."""
    shown = [
        mask_email(account.email) if account.email else "",
        mask_phone(account.phone) if account.phone else "",
    ]
    return ", ".join(text for text in shown if text)


def _standing(grant: RoleGrant, at: datetime) -> str:
    """`over`, `coming` or `in_force`."""
    if grant.ends_at is not None and grant.ends_at <= at:
        return "over"
    return "coming" if grant.starts_at > at else "in_force"


@blueprint.post("/grants/<uuid:grant_id>/end")
@requires("accounts.grant")
def end_grant(grant_id: UUID) -> Any:
    """End a role now."""
    grant = grant_of(grant_id)
    account_id = grant.account_id
    end_role_grant(grant, actor=acting(), at=now())
    flash(_("The role has ended, and the account was signed out."), "success")
    return redirect(url_for("accounts_desk.account", account_id=account_id), 303)


@blueprint.post("/<uuid:account_id>/second-factor/reset")
@requires("accounts.grant")
def reset_factor(account_id: UUID) -> Any:
    """Take the second factor of somebody away who lost the device."""
    reset_second_factor(account_of(account_id), actor=acting(), at=now())
    flash(_("The second step is reset. The next sign-in sets it up anew."), "success")
    return redirect(url_for("accounts_desk.account", account_id=account_id), 303)


@blueprint.post("/<uuid:account_id>/sign-ins/end")
@requires("accounts.grant")
def sign_account_out(account_id: UUID) -> Any:
    """Sign an account out everywhere, such as after a lost phone."""
    chosen = account_of(account_id)
    end_sign_ins(chosen.id, SignInEnd.SIGNED_OUT_EVERYWHERE, actor=acting(), at=now())
    flash(_("The account is signed out everywhere."), "success")
    return redirect(url_for("accounts_desk.account", account_id=account_id), 303)
