"""Public notices: masked, for some days, and gone the moment the last one is over."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from talentsvc.access.route import requires
from talentsvc.cards.queries.public_notices import running_notice, running_notices
from talentsvc.cards.views import blueprint
from talentsvc.core.clock import now


@blueprint.get("/public-notices")
@requires("public")
def public_notices() -> str:
    """Everything on notice now. One query."""
    page = running_notices(request.args.get("cursor"), now())
    return render_template("cards/card/public_notices.html", page=page)


@blueprint.get("/public-notices/<uuid:notice_id>")
@requires("public")
def public_notice(notice_id: UUID) -> str:
    """One entry and how to object to it."""
    return render_template("cards/card/public_notice.html", notice=running_notice(notice_id, now()))
