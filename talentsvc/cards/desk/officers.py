"""Notes and assignment: what officers do among themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.cards.actions.add_note import add_note
from talentsvc.cards.actions.assign_case import assign_case
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.case import assign_form, case_context
from talentsvc.cards.desk.forms import NoteForm
from talentsvc.cards.queries.case import case_head
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput


@blueprint.post("/cases/<uuid:application_id>/notes")
@requires("cases.note")
def note(application_id: UUID) -> Any:
    """Write a note."""
    form = NoteForm()
    head = case_head(application_id)
    if not form.was_sent():
        return render_template(
            "cards/desk/case.html", **{**case_context(head), "note_form": form}
        ), 422
    add_note(application_id, text=form.text.data or "", actor=acting(), at=now())
    flash(_("Note saved."), "success")
    return redirect(url_for("cards_desk.case", application_id=application_id, _anchor="notes"), 303)


@blueprint.post("/cases/<uuid:application_id>/assignment")
@requires("cases.assign")
def assignment(application_id: UUID) -> Any:
    """Give the case to an officer, or put it back."""
    head = case_head(application_id)
    form = assign_form(head.application)
    if not form.was_sent():
        return render_template(
            "cards/desk/case.html", **{**case_context(head), "assign_form": form}
        ), 422
    assign_case(
        application_id,
        to_account_id=_account_id(form.to_account_id.data),
        actor=acting(),
        at=now(),
        expected_version=form.expected_version(),
    )
    flash(_("Assigned."), "success")
    return redirect(url_for("cards_desk.case", application_id=application_id), 303)


def _account_id(text: str | None) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidInput("to_account_id", "not_an_officer") from error
