"""Pledges at the window: taking one in instead of asking for the paper, and ending one with the paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs know 3.2

from talentsvc.access.route import requires
from talentsvc.cards.actions.fulfil_pledge import fulfil_pledge
from talentsvc.cards.actions.record_pledge import CHECKED_IN, record_pledge
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.case import evidence_items
from talentsvc.cards.desk.forms import FulfilForm, PledgeForm
from talentsvc.cards.desk.steps import step_page
from talentsvc.cards.evidencing import pledged_codes
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.models import Pledge
from talentsvc.cards.queries.case import case_head
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.extensions.language import pick


@blueprint.route("/cases/<uuid:application_id>/pledge", methods=["GET", "POST"])
@requires("cases.take_in")
def pledge(application_id: UUID) -> Any:
    """Take a written pledge in, so that the case can be accepted without the paper."""
    head = case_head(application_id)
    if head.application.state not in CHECKED_IN:
        raise NotAllowedNow(head.application.state, "record_pledge")
    form = PledgeForm()
    pledged = pledged_codes(head.application)
    form.item.choices = [
        SelectChoice(item.code, pick(item.text_zh, item.text_en))
        for item in evidence_items(head, filed_answers(application_id))
        if item.may_be_pledged and item.code not in pledged
    ]

    def run(case_id: UUID, **how: Any) -> None:
        record_pledge(case_id, item_code=form.item.data, words=form.words.data or "", **how)

    done = _("The pledge is kept, and the applicant is told the day. The case can be accepted.")
    return step_page(application_id, "record_pledge", form, run, done)


@blueprint.route(
    "/cases/<uuid:application_id>/pledges/<uuid:pledge_id>/fulfil", methods=["GET", "POST"]
)
@requires("cases.take_in")
def fulfil(application_id: UUID, pledge_id: UUID) -> Any:
    """The paper is there."""
    found = db.session.get(Pledge, pledge_id)
    if found is None or found.application_id != application_id:
        raise NotFoundHere()
    form = FulfilForm()

    def run(case_id: UUID, **how: Any) -> None:
        fulfil_pledge(case_id, pledge_id, note=form.note.data or "", **how)

    done = _("The pledge is fulfilled, and the applicant is told.")
    return step_page(application_id, "fulfil_pledge", form, run, done)
