"""The check in person at the window, in place of another agent's word (decisions.md, four eyes)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.cards.actions.check_in_person import check_in_person
from talentsvc.cards.copy_words import copy_view
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.forms import InPersonForm
from talentsvc.cards.desk.steps import step_page
from talentsvc.cards.endorsing import cause_to_check
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.queries.case import case_head
from talentsvc.cards.terms import ApplicationState, CaseAction
from talentsvc.core.errors import NotAllowedNow, NotFoundHere


@blueprint.route("/cases/<uuid:application_id>/check-in-person", methods=["GET", "POST"])
@requires("cases.take_in")
def in_person(application_id: UUID) -> Any:
    """The copy that is asked about, and what the clerk saw of the applicant and the originals."""
    head = case_head(application_id)
    cause = cause_to_check(head.application)
    is_open = head.application.state is ApplicationState.AWAITING_ENDORSEMENT
    if cause is None or not is_open:
        raise NotAllowedNow(head.application.state, CaseAction.ENDORSE)
    copy = newest_copy(application_id)
    if copy is None:
        raise NotFoundHere()
    form = InPersonForm()
    if request.method != "POST":
        form.copy_sha256.data = copy.sha256.hex()
        form.place.data = _("Service window")

    def run(case_id: UUID, **how: Any) -> None:
        check_in_person(case_id, checked=form.checked(), **how)

    return step_page(
        application_id,
        "endorse",
        form,
        run,
        _("The check in person is recorded, and the applicant is told."),
        view=copy_view(copy, category_of(head.application), head.employer.name)
        if head.employer
        else None,
        cause=cause,
    )
