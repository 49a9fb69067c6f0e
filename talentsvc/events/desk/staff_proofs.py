"""The desk looks at what proves attendees to be staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events.actions.judge_staff_proof import judge_staff_proof
from talentsvc.events.attending import attendee_of, papers_of, proof_response
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.staff import VerdictForm
from talentsvc.events.labels import ATTENDEE_PROOFS
from talentsvc.events.queries import registrations as queries
from talentsvc.extensions.unit_of_work import attempt
from talentsvc.files.queries import preview_variants

ATTENDEES = "/registrations/<uuid:registration_id>/attendees"
_ANSWERS = {"proved": True, "not_proved": False}


@blueprint.get(ATTENDEES)
@requires("registrations.read")
def attendees(registration_id: UUID) -> str:
    """Whom the company sends, with what it uploaded."""
    return _page(registration_id, None)


def _page(registration_id: UUID, refusal: Any) -> str:
    sheet = queries.registration_sheet(registration_id)
    papers = papers_of(sheet.attendees)
    return render_template(
        "events/desk/attendees.html",
        sheet=sheet,
        papers=papers,
        variants={file_id: preview_variants(stored) for file_id, stored in papers.items()},
        proofs=ATTENDEE_PROOFS,
        forms={
            row.number: VerdictForm(formdata=None, data={"number": row.number})
            for row in sheet.attendees
        },
        refusal=refusal,
    )


@blueprint.get(f"{ATTENDEES}/<int:number>/proof")
@requires("registrations.audit")
def staff_proof(registration_id: UUID, number: int) -> Response:
    """The paper, or a preview of it; who looked is written down first."""
    attendee = attendee_of(registration_id, number)
    return proof_response(registration_id, attendee, request.args.get("show"), acting())


@blueprint.post(ATTENDEES)
@requires("registrations.audit")
def judge(registration_id: UUID) -> Any:
    """Find one proof good, or not, as the pressed button says."""
    form, answer = VerdictForm(), request.form.get("answer", "")
    queries.registration_sheet(registration_id)
    if not form.was_sent() or answer not in _ANSWERS or form.number.data is None:
        abort(422)
    try:
        with attempt():
            judge_staff_proof(
                registration_id,
                form.number.data,
                is_proved=_ANSWERS[answer],
                actor=acting(),
                at=now(),
            )
    except InvalidInput:
        sentence = _("Nobody is proved without a paper that the virus check called clean.")
        return _page(registration_id, sentence), 422
    flash(_("Kept."), "success")
    return redirect(url_for(".attendees", registration_id=registration_id), 303)
