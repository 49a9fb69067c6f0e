"""Pledging a minor paper in writing, so that the case goes on without it for a while (容缺受理)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.cards.actions.give_pledge import give_pledge
from talentsvc.cards.actions.take_pledge_back import take_pledge_back
from talentsvc.cards.forms.filing import PledgeForm
from talentsvc.cards.queries.case import own_application
from talentsvc.cards.views import blueprint
from talentsvc.cards.views.evidence import evidence_page
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.unit_of_work import attempt

ITEM = "/applications/<uuid:application_id>/evidence/<item>/pledge"


@blueprint.post(ITEM)
@requires("applications.own")
def pledge_paper(application_id: UUID, item: str) -> Any:
    """Pledge one paper; what is wrong is said beside it, and what was typed is kept."""
    application = own_application(application_id, current_actor.account_id)
    form = PledgeForm(item_code=item)
    if not form.was_sent():
        return evidence_page(application, pledge=form, item=item), 422
    try:
        with attempt():
            give_pledge(application_id, item, words=form.words.data or "", actor=acting(), at=now())
    except InvalidInput:
        form.words.errors = [_("This paper cannot be pledged; it is needed now.")]
        return evidence_page(application, pledge=form, item=item), 422
    flash(_("Your pledge is kept. You can go on without this paper."), "success")
    return redirect(_here(application_id, item), 303)


@blueprint.post(f"{ITEM}/take-back")
@requires("applications.own")
def withdraw_pledge(application_id: UUID, item: str) -> Any:
    """Take a pledge back that does not run yet."""
    application = own_application(application_id, current_actor.account_id)
    if not ActionForm().was_sent():
        return evidence_page(application), 422
    take_pledge_back(application_id, item, actor=acting(), at=now())
    return redirect(_here(application_id, item), 303)


def _here(application_id: UUID, item: str) -> str:
    return f"{url_for('cards.evidence', application_id=application_id)}#item-{item}"
