"""Agents among themselves: confirming, refusing and ending authorisations of their company."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.employers import queries
from talentsvc.employers.actions.confirm_agent import confirm_agent
from talentsvc.employers.actions.end_agent import end_agent
from talentsvc.employers.actions.refuse_agent import refuse_agent
from talentsvc.employers.forms.answers import ReasonForm
from talentsvc.employers.views import blueprint
from talentsvc.people.queries import person_of


@blueprint.post("/<uuid:employer_id>/agents/<uuid:agent_id>/confirm")
@requires("employers.manage")
def confirm(employer_id: UUID, agent_id: UUID) -> Any:
    """An agent confirms a colleague."""
    _check_scope(employer_id)
    confirm_agent(employer_id, agent_id, actor=acting(), at=now())
    flash(_("Confirmed. The person can act for the company from now on."), "success")
    return redirect(url_for(".company", employer_id=employer_id), 303)


@blueprint.route("/<uuid:employer_id>/agents/<uuid:agent_id>/refuse", methods=["GET", "POST"])
@requires("employers.manage")
def refuse(employer_id: UUID, agent_id: UUID) -> Any:
    """An agent refuses somebody who asked, and says why."""
    _check_scope(employer_id)
    form = ReasonForm()
    if form.was_sent():
        refuse_agent(employer_id, agent_id, reason=form.reason.data or "", actor=acting(), at=now())
        flash(_("Refused. The person was told your reason."), "success")
        return redirect(url_for(".company", employer_id=employer_id), 303)
    return _reason_page(employer_id, agent_id, form, "employers/refuse_agent.html")


@blueprint.route("/<uuid:employer_id>/agents/<uuid:agent_id>/end", methods=["GET", "POST"])
@requires("employers.manage")
def end(employer_id: UUID, agent_id: UUID) -> Any:
    """An agent ends a colleague's authorisation, and says why."""
    _check_scope(employer_id)
    form = ReasonForm()
    if form.was_sent():
        end_agent(employer_id, agent_id, reason=form.reason.data or "", actor=acting(), at=now())
        flash(_("Ended. The person was told your reason."), "success")
        return redirect(url_for(".company", employer_id=employer_id), 303)
    return _reason_page(employer_id, agent_id, form, "employers/end_agent.html")


@blueprint.post("/<uuid:employer_id>/agents/<uuid:agent_id>/leave")
@requires("employers.register")
def leave(employer_id: UUID, agent_id: UUID) -> Any:
    """Give up one's own authorisation, or take back the wish for one."""
    actor = acting()
    if queries.agent_of(employer_id, agent_id).person_id != actor.person_id:
        raise NotFoundHere()
    end_agent(employer_id, agent_id, reason=None, actor=actor, at=now())
    flash(_("Done. You do not act for this company any more."), "success")
    return redirect(url_for(".home"), 303)


def _check_scope(employer_id: UUID) -> None:
    if employer_id not in acting().employer_ids:
        raise NotFoundHere()


def _reason_page(employer_id: UUID, agent_id: UUID, form: ReasonForm, template: str) -> Any:
    agent = queries.agent_of(employer_id, agent_id)
    page = render_template(
        template,
        form=form,
        employer=queries.employer_of(employer_id),
        agent=agent,
        person=person_of(agent.person_id),
    )
    return (page, 422) if request.method == "POST" else page
