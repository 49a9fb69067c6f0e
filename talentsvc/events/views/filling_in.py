"""Filling a draft in from the company's templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField  # type: ignore[attr-defined]
from wtforms.widgets import CheckboxInput, ListWidget

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.events.actions.copy_templates import copy_templates
from talentsvc.events.forms.occasion import VersionedForm
from talentsvc.events.queries import registrations as queries
from talentsvc.events.queries.templates import kept_by
from talentsvc.events.refusals.registrations import sentence_for
from talentsvc.events.rules.transitions import REGISTRATION_TRANSITIONS
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.events.views import blueprint
from talentsvc.extensions.unit_of_work import attempt


class TemplatesForm(VersionedForm):
    """What is copied; the choices are the company's own."""

    notice = SelectField(_l("Hiring notice"), validate_choice=True)
    positions = SelectMultipleField(
        _l("Positions"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


@blueprint.route(
    "/employers/<uuid:employer_id>/registrations/<uuid:registration_id>/templates",
    methods=["GET", "POST"],
)
@requires("registrations.manage")
def fill_in(employer_id: UUID, registration_id: UUID) -> Any:
    """Choose a notice and positions to copy; what is there already stays."""
    if employer_id not in current_actor.employer_ids:
        raise NotFoundHere()
    sheet = queries.registration_sheet(registration_id, [employer_id])
    # Asked before the form is shown, so that nobody chooses what can no longer be copied.
    REGISTRATION_TRANSITIONS.target(sheet.registration.state, RegistrationStep.EDIT)
    form = _form(employer_id, sheet.registration.version)
    if form.was_sent() and _copied(registration_id, form):
        flash(_("Copied. Look it over before you file."), "success")
        return redirect(
            url_for(".registration", employer_id=employer_id, registration_id=registration_id), 303
        )
    page = render_template(
        "events/registrations/templates.html", sheet=sheet, form=form, kept=kept_by(employer_id)
    )
    return (page, 422) if request.method == "POST" else page


def _form(employer_id: UUID, version: int) -> TemplatesForm:
    kept = kept_by(employer_id)
    form = TemplatesForm() if request.method == "POST" else TemplatesForm(data={"version": version})
    form.notice.choices = [
        SelectChoice("", _("Leave as it is")),
        *(SelectChoice(str(row.id), row.name) for row in kept.notices),
    ]
    form.positions.choices = [
        SelectChoice(str(row.id), f"{row.title} × {row.headcount}") for row in kept.positions
    ]
    return form


def _copied(registration_id: UUID, form: TemplatesForm) -> bool:
    try:
        with attempt():
            copy_templates(
                registration_id,
                notice_id=UUID(form.notice.data) if form.notice.data else None,
                position_ids=[UUID(one) for one in form.positions.data or []],
                expected_version=form.version.data,
                actor=acting(),
                at=now(),
            )
    except InvalidInput as refusal:
        form.positions.errors = [sentence_for(refusal)]
        return False
    return True
