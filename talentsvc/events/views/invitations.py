"""The page behind an invitation's link: nothing happens before a button is pressed (decisions.md)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.events.actions.answer_invitation import answer_invitation
from talentsvc.events.queries import visits as queries
from talentsvc.events.views import blueprint
from talentsvc.extensions.forms import ActionForm


@blueprint.get("/events/invitations/<token>")
@requires("public")
def invitation(token: str) -> str:
    """To what one is invited, and the two answers."""
    found, event = queries.invitation_by_token(token)
    return render_template(
        "events/visits/invitation.html",
        invitation=found,
        event=event,
        token=token,
        form=ActionForm(formdata=None),
        sign_in_href=url_for("accounts.sign_in", next=request.path),
    )


@blueprint.post("/events/invitations/<token>/decline")
@requires("public")
def decline_invitation(token: str) -> Any:
    """Say no; that needs no account."""
    answer_invitation(token, accepts=False, actor=acting(), at=now())
    flash(_("Thank you for your answer. We hope to see you another time."), "success")
    return redirect(url_for("events.invitation", token=token), 303)


@blueprint.post("/events/invitations/<token>/accept")
@requires("public")
def accept_invitation(token: str) -> Any:
    """Say yes; the invitation then belongs to the account that said so."""
    queries.invitation_by_token(token)
    if not current_actor.is_signed_in:
        return redirect(
            url_for("accounts.sign_in", next=url_for("events.invitation", token=token)), 303
        )
    answer_invitation(token, accepts=True, actor=acting(), at=now())
    flash(_("Accepted. Now choose your session."), "success")
    return redirect(url_for("events.invitation", token=token), 303)
