"""Sessions of an event at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events.actions.add_session import add_session
from talentsvc.events.actions.cancel_session import cancel_session
from talentsvc.events.actions.edit_session import edit_session
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.occasion import CancelForm, SessionForm
from talentsvc.events.models import Event, FairSession
from talentsvc.events.queries import occasions as queries
from talentsvc.events.refusals.occasions import sentence_for
from talentsvc.extensions.unit_of_work import attempt


@blueprint.route("/<uuid:event_id>/sessions/new", methods=["GET", "POST"])
@requires("events.edit")
def new_session(event_id: UUID) -> Any:
    """Add a session."""
    found = queries.event_of(event_id)
    form = SessionForm() if request.method == "POST" else SessionForm.of(None)
    if form.was_sent():
        try:
            with attempt():
                add_session(event_id, form.details(), actor=acting(), at=now())
        except InvalidInput as refusal:
            form.complain(refusal, sentence_for(refusal))
        else:
            flash(_("The session was added."), "success")
            return redirect(url_for(".event", event_id=event_id), 303)
    return _form_page(form, found, None)


@blueprint.route("/sessions/<uuid:session_id>/edit", methods=["GET", "POST"])
@requires("events.edit")
def change_session(session_id: UUID) -> Any:
    """Change a session; whoever registered is told of another hour or place."""
    session = queries.session_of(session_id)
    form = SessionForm() if request.method == "POST" else SessionForm.of(session)
    if form.was_sent():
        try:
            with attempt():
                edit_session(
                    session_id,
                    form.details(),
                    expected_version=form.version.data,
                    actor=acting(),
                    at=now(),
                )
        except InvalidInput as refusal:
            form.complain(refusal, sentence_for(refusal))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".event", event_id=session.event_id), 303)
    return _form_page(form, queries.event_of(session.event_id), session)


def _form_page(form: SessionForm, event: Event, session: FairSession | None) -> Any:
    page = render_template("events/desk/session_form.html", form=form, event=event, session=session)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/sessions/<uuid:session_id>/cancel", methods=["GET", "POST"])
@requires("events.edit")
def call_off(session_id: UUID) -> Any:
    """Cancel one session with a reason that everybody who registered reads."""
    session = queries.session_of(session_id)
    form = CancelForm()
    if form.was_sent():
        cancel_session(
            session_id,
            reason=form.reason.data or "",
            expected_version=form.version.data,
            actor=acting(),
            at=now(),
        )
        flash(_("Cancelled. Everybody who registered is told."), "success")
        return redirect(url_for(".event", event_id=session.event_id), 303)
    if request.method == "GET":
        form = CancelForm(data={"version": session.version})
    page = render_template(
        "events/desk/cancel.html",
        form=form,
        event=queries.event_of(session.event_id),
        session=session,
    )
    return (page, 422) if request.method == "POST" else page
