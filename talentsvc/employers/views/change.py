"""Correcting the data of a verified company; somebody at the desk checks it before it counts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.access.actor import Actor, acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere
from talentsvc.employers import queries
from talentsvc.employers.actions.ask_for_change import STEP, ask_for_change
from talentsvc.employers.changing import open_change
from talentsvc.employers.forms.registration import ChangeForm, refuse
from talentsvc.employers.models import Employer
from talentsvc.employers.terms import EmployerState
from talentsvc.employers.uploads import ACCEPT, add_error, kept_file, shown, take_upload
from talentsvc.employers.views import blueprint
from talentsvc.extensions.unit_of_work import attempt
from talentsvc.files.terms import FilePurpose

MISSING_LICENCE = _l("Upload the new business licence.")


@blueprint.route("/<uuid:employer_id>/change", methods=["GET", "POST"])
@requires("employers.manage")
def change(employer_id: UUID) -> Any:
    """Ask for a correction; what is on file stays in force until it is checked."""
    actor = acting()
    if employer_id not in actor.employer_ids:
        raise NotFoundHere()
    employer = queries.employer_of(employer_id)
    # Asked before the form is shown, so that nobody fills in what can no longer be sent.
    if employer.state is not EmployerState.VERIFIED or open_change(employer_id) is not None:
        raise NotAllowedNow(employer.state, STEP)
    form = ChangeForm.of(employer)
    if request.method == "GET":
        return _page(form, employer, actor)
    if not _asked(form, employer, actor):
        return _page(form, employer, actor), 422
    flash(_("Sent. Our staff compare it with the new licence; you get a message."), "success")
    return redirect(url_for(".company", employer_id=employer_id), 303)


def _asked(form: ChangeForm, employer: Employer, actor: Actor) -> bool:
    is_valid, at = form.was_sent(), now()
    licence = take_upload(form.licence, form.licence_kept, FilePurpose.LICENCE, actor=actor, at=at)
    if licence is None and not form.licence.errors:
        add_error(form.licence, MISSING_LICENCE)
    if not is_valid or licence is None or form.errors:
        return False
    try:
        with attempt():
            ask_for_change(
                employer.id,
                form.details_of(employer.credit_code),
                licence_file_id=licence.id,
                expected_version=form.version.data or 0,
                actor=actor,
                at=at,
            )
    except InvalidInput as refusal:
        refuse(form, refusal)
        return False
    return True


def _page(form: ChangeForm, employer: Employer, actor: Actor) -> str:
    return render_template(
        "employers/change.html",
        form=form,
        employer=employer,
        accept=ACCEPT,
        licence=shown(kept_file(form.licence_kept, FilePurpose.LICENCE, actor)),
    )
