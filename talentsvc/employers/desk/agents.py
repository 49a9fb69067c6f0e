"""The desk answers who may act for an employer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.employers import queries
from talentsvc.employers.actions.confirm_agent import confirm_agent as confirm
from talentsvc.employers.actions.end_agent import end_agent as end
from talentsvc.employers.actions.refuse_agent import refuse_agent as refuse
from talentsvc.employers.desk import blueprint
from talentsvc.employers.forms.answers import ReasonForm
from talentsvc.employers.papers import paper_response
from talentsvc.people.queries import person_of


@blueprint.post("/<uuid:employer_id>/agents/<uuid:agent_id>/confirm")
@requires("employers.verify")
def confirm_agent(employer_id: UUID, agent_id: UUID) -> Any:
    """The stamped letter is in order."""
    confirm(employer_id, agent_id, actor=acting(), at=now())
    flash(_("Confirmed. The person was told."), "success")
    return _back(employer_id)


@blueprint.route("/<uuid:employer_id>/agents/<uuid:agent_id>/refuse", methods=["GET", "POST"])
@requires("employers.verify")
def refuse_agent(employer_id: UUID, agent_id: UUID) -> Any:
    """The letter is not in order, and why."""
    form = ReasonForm()
    if form.was_sent():
        refuse(employer_id, agent_id, reason=form.reason.data or "", actor=acting(), at=now())
        flash(_("Refused. The person was told your reason."), "success")
        return _back(employer_id)
    return _reason_page(employer_id, agent_id, form, is_end=False)


@blueprint.route("/<uuid:employer_id>/agents/<uuid:agent_id>/end", methods=["GET", "POST"])
@requires("employers.verify")
def end_agent(employer_id: UUID, agent_id: UUID) -> Any:
    """The employer asked the desk to end an authorisation, or it was given in error."""
    form = ReasonForm()
    if form.was_sent():
        end(employer_id, agent_id, reason=form.reason.data or "", actor=acting(), at=now())
        flash(_("Ended. The person was told your reason."), "success")
        return _back(employer_id)
    return _reason_page(employer_id, agent_id, form, is_end=True)


@blueprint.get("/<uuid:employer_id>/agents/<uuid:agent_id>/letter")
@requires("evidence.open")
def letter(employer_id: UUID, agent_id: UUID) -> Response:
    """A letter of authorisation, or a page of it as a picture (`show`)."""
    agent = queries.agent_of(employer_id, agent_id)
    subject = queries.employer_of(employer_id)
    return paper_response(
        subject, agent.authorisation_file_id, "authorisation", request.args.get("show"), acting()
    )


def _back(employer_id: UUID) -> Any:
    return redirect(url_for(".employer", employer_id=employer_id), 303)


def _reason_page(employer_id: UUID, agent_id: UUID, form: ReasonForm, *, is_end: bool) -> Any:
    agent = queries.agent_of(employer_id, agent_id)
    page = render_template(
        "employers/answer_agent.html",
        form=form,
        employer=queries.employer_of(employer_id),
        person=person_of(agent.person_id),
        is_end=is_end,
    )
    return (page, 422) if request.method == "POST" else page
