"""Corrections at the desk: what was, what shall be, the new licence beside it, and the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.employers import queries
from talentsvc.employers.actions.accept_change import accept_change as accept
from talentsvc.employers.actions.refuse_change import refuse_change as refuse
from talentsvc.employers.changing import change_of
from talentsvc.employers.desk import blueprint
from talentsvc.employers.forms.answers import RefusalForm, VersionForm
from talentsvc.employers.papers import paper_response

CHANGE = "/<uuid:employer_id>/changes/<uuid:change_id>"


@blueprint.post(f"{CHANGE}/accept")
@requires("employers.verify")
def accept_change(employer_id: UUID, change_id: UUID) -> Any:
    """Let the new data take the old ones' place, as the page showed both."""
    change_of(employer_id, change_id)
    form = VersionForm()
    version = form.version.data if form.was_sent() else -1
    accept(employer_id, change_id, expected_version=version, actor=acting(), at=now())
    flash(_("The new data are in force. The company was told."), "success")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


@blueprint.route(f"{CHANGE}/refuse", methods=["GET", "POST"])
@requires("employers.verify")
def refuse_change(employer_id: UUID, change_id: UUID) -> Any:
    """Do not take it over, with a reason that the agents read."""
    subject = queries.employer_of(employer_id)
    change_of(employer_id, change_id)
    form = RefusalForm(version=subject.version)
    if form.was_sent():
        refuse(
            employer_id,
            change_id,
            reason=form.reason.data or "",
            expected_version=form.version.data,
            actor=acting(),
            at=now(),
        )
        flash(_("Not taken over. The company was told your reason."), "success")
        return redirect(url_for(".employer", employer_id=employer_id), 303)
    page = render_template("employers/refuse_change.html", form=form, employer=subject)
    return (page, 422) if request.method == "POST" else page


@blueprint.get(f"{CHANGE}/licence")
@requires("evidence.open")
def change_licence(employer_id: UUID, change_id: UUID) -> Response:
    """The new licence, or a page of it as a picture (`show`)."""
    subject = queries.employer_of(employer_id)
    change = change_of(employer_id, change_id)
    return paper_response(
        subject, change.licence_file_id, "licence", request.args.get("show"), acting()
    )
