"""One employer: what it says, its licence beside it, and the verification."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.employers import labels, queries
from talentsvc.employers.actions.refuse_employer import refuse_employer
from talentsvc.employers.actions.verify_employer import verify_employer
from talentsvc.employers.agency import has_tie
from talentsvc.employers.change_words import changed_fields
from talentsvc.employers.changing import open_change
from talentsvc.employers.desk import blueprint
from talentsvc.employers.desk.trail import trail_of
from talentsvc.employers.forms.answers import RefusalForm, VersionForm
from talentsvc.employers.papers import paper_response, papers_of
from talentsvc.employers.rules import EMPLOYER_STEPS
from talentsvc.employers.terms import EmployerStep
from talentsvc.extensions.database import db
from talentsvc.extensions.forms import ActionForm
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import preview_variants
from talentsvc.people.queries import masked_documents
from talentsvc.policy.employer_words import LEVELS, TYPES

#: Pages of a licence shown beside the data; the rest is in the download.
PAGES_SHOWN = 3


@blueprint.get("/<uuid:employer_id>")
@requires("employers.read")
def employer(employer_id: UUID) -> str:
    """The registration with licence, agents and history."""
    subject, actor, at = queries.employer_of(employer_id), acting(), now()
    agents = queries.agents_of(employer_id)
    papers = papers_of(subject, [agent for agent, _person in agents])
    licence_file = papers.get(subject.licence_file_id) if subject.licence_file_id else None
    may_verify = actor.may("employers.verify")
    change = open_change(employer_id)
    new_licence = db.session.get(StoredFile, change.licence_file_id) if change else None
    return render_template(
        "employers/employer.html",
        employer=subject,
        agents=queries.with_expiry(agents, at),
        documents=masked_documents([person.id for _agent, person in agents]),
        papers=papers,
        licence=licence_file,
        pages=preview_variants(licence_file)[:PAGES_SHOWN] if licence_file else [],
        change=change,
        changed=changed_fields(change) if change else [],
        is_mine=bool(change and change.asked_by_person_id == actor.person_id),
        new_licence=new_licence,
        new_pages=preview_variants(new_licence)[:PAGES_SHOWN] if new_licence else [],
        trail=trail_of(queries.history_of(employer_id)),
        is_waiting=EMPLOYER_STEPS.allows(subject.state, EmployerStep.VERIFY),
        has_tie=may_verify and has_tie(subject, actor),
        may_verify=may_verify,
        may_open=actor.may("evidence.open"),
        labels=labels,
        types=TYPES,
        levels=LEVELS,
        form=VersionForm(version=subject.version),
        button=ActionForm(),
    )


@blueprint.post("/<uuid:employer_id>/verify")
@requires("employers.verify")
def verify(employer_id: UUID) -> Any:
    """Verify the registration as the page showed it."""
    form = VersionForm()
    version = form.version.data if form.was_sent() else -1
    verify_employer(employer_id, expected_version=version, actor=acting(), at=now())
    flash(_("Verified. The company was told."), "success")
    return redirect(url_for(".employer", employer_id=employer_id), 303)


@blueprint.route("/<uuid:employer_id>/refuse", methods=["GET", "POST"])
@requires("employers.verify")
def refuse(employer_id: UUID) -> Any:
    """Send the registration back with a reason."""
    subject = queries.employer_of(employer_id)
    form = RefusalForm(version=subject.version)
    if form.was_sent():
        refuse_employer(
            employer_id,
            reason=form.reason.data or "",
            expected_version=form.version.data,
            actor=acting(),
            at=now(),
        )
        flash(_("Sent back. The company was told your reason."), "success")
        return redirect(url_for(".employer", employer_id=employer_id), 303)
    page = render_template("employers/refuse.html", form=form, employer=subject)
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/<uuid:employer_id>/licence")
@requires("evidence.open")
def licence(employer_id: UUID) -> Response:
    """The licence, or a page of it as a picture (`show`)."""
    subject = queries.employer_of(employer_id)
    return paper_response(
        subject, subject.licence_file_id, "licence", request.args.get("show"), acting()
    )
