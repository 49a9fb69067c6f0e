"""Sign-in buttons of the demonstration, one per role; they exist in the demo alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, render_template

from talentsvc.access.route import requires
from talentsvc.accounts.entering import enter
from talentsvc.accounts.labels import demo_hint, demo_name, is_desk_role
from talentsvc.accounts.queries import demo_accounts
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.forms import ActionForm

blueprint = Blueprint("demo", __name__, url_prefix="/demo")


@blueprint.before_request
def exist_in_the_demo_alone() -> None:
    """Outside the demo these pages are not there at all."""
    if not current_app.config["SETTINGS"].is_demo:
        abort(404)


@blueprint.get("")
@requires("public")
def index() -> str:
    """Who may be tried out, with a button each."""
    accounts = demo_accounts()
    return render_template(
        "demo/index.html",
        staff=[account for account in accounts if is_desk_role(account.demo_role)],
        public=[account for account in accounts if not is_desk_role(account.demo_role)],
        demo_name=demo_name,
        demo_hint=demo_hint,
        button=ActionForm(),
    )


@blueprint.post("/sign-in/<uuid:account_id>")
@requires("public")
def sign_in_as(account_id: UUID) -> Any:
    """Sign in as one of the invented people, without a password; real accounts have no button."""
    chosen = next((account for account in demo_accounts() if account.id == account_id), None)
    if chosen is None:
        raise NotFoundHere()
    return enter(chosen, None)
