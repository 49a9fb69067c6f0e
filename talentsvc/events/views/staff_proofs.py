"""A company shows that whom it sends is its staff: one paper for each attendee."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import Actor, acting, current_actor
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.events.actions.add_staff_proof import add_staff_proof
from talentsvc.events.attending import attendee_of, papers_of, proof_response
from talentsvc.events.forms.staff import ProofForm
from talentsvc.events.labels import ATTENDEE_PROOFS
from talentsvc.events.queries import registrations as queries
from talentsvc.events.queries.registrations import RegistrationSheet
from talentsvc.events.terms.registration import AttendeeProof, RegistrationState
from talentsvc.events.views import blueprint
from talentsvc.files.actions.store_file import store_file
from talentsvc.files.models import StoredFile
from talentsvc.files.refusals import refusal_sentence
from talentsvc.files.rules.checks import DOCUMENTS, UploadLimits
from talentsvc.files.rules.refusals import RefusedFile
from talentsvc.files.terms import FilePurpose

ATTENDEES = "/employers/<uuid:employer_id>/registrations/<uuid:registration_id>/attendees"
ACCEPT = ".pdf,.jpg,.jpeg,.png"


def _own_sheet(employer_id: UUID, registration_id: UUID) -> RegistrationSheet:
    if employer_id not in current_actor.employer_ids:
        raise NotFoundHere()
    return queries.registration_sheet(registration_id, [employer_id])


@blueprint.get(ATTENDEES)
@requires("registrations.manage")
def attendees(employer_id: UUID, registration_id: UUID) -> str:
    """Who comes, and what proves each to be staff."""
    return _page(_own_sheet(employer_id, registration_id), None)


def _page(sheet: RegistrationSheet, refused: ProofForm | None) -> str:
    one = sheet.registration
    is_open = one.state is RegistrationState.CONFIRMED and now() < sheet.session.starts_at
    forms = {
        row.number: refused.standing_for(row.number)
        if refused is not None and refused.number.data == row.number
        else ProofForm.of(row.number)
        for row in sheet.attendees
    }
    return render_template(
        "events/registrations/attendees.html",
        sheet=sheet,
        form=refused,
        forms=forms,
        papers=papers_of(sheet.attendees),
        proofs=ATTENDEE_PROOFS,
        may_upload={
            row.number: is_open and row.proof is not AttendeeProof.PROVED for row in sheet.attendees
        },
        accept=ACCEPT,
    )


@blueprint.post(ATTENDEES)
@requires("registrations.manage")
def send_proof(employer_id: UUID, registration_id: UUID) -> Any:
    """Take one paper in; it is checked for viruses before the desk sees it."""
    sheet = _own_sheet(employer_id, registration_id)
    form = ProofForm()
    stored = _taken(form, acting()) if form.was_sent() else None
    if stored is None or form.number.data is None:
        return _page(sheet, form), 422
    add_staff_proof(registration_id, form.number.data, file_id=stored.id, actor=acting(), at=now())
    flash(_("Uploaded. Our staff look at it before the event."), "success")
    return redirect(
        url_for(".attendees", employer_id=employer_id, registration_id=registration_id), 303
    )


def _taken(form: ProofForm, actor: Actor) -> StoredFile | None:
    upload = form.paper.data
    try:
        return store_file(
            purpose=FilePurpose.STAFF_PROOF,
            holder_person_id=None,
            holder_account_id=actor.account_id,
            name=upload.filename,
            data=upload.stream.read(),
            accepts=DOCUMENTS,
            limits=UploadLimits(max_bytes=9 * 1024 * 1024),
            is_sensitive=True,
            at=now(),
        )
    except RefusedFile as refused:
        form.paper.errors = [refusal_sentence(refused)]
        return None


@blueprint.get(f"{ATTENDEES}/<int:number>/proof")
@requires("registrations.manage")
def own_staff_proof(employer_id: UUID, registration_id: UUID, number: int) -> Response:
    """The paper on file; `show` names a preview."""
    _own_sheet(employer_id, registration_id)
    attendee = attendee_of(registration_id, number)
    return proof_response(registration_id, attendee, request.args.get("show"), acting())
