"""Events at the desk: the list, entering, sessions, publishing, cancelling, copying."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events.actions.cancel_event import cancel_event
from talentsvc.events.actions.copy_event import copy_event
from talentsvc.events.actions.create_event import create_event
from talentsvc.events.actions.edit_event import edit_event
from talentsvc.events.actions.publish_event import NotPublishable, publish_event
from talentsvc.events.chips import filter_chips_of
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.occasion import CancelForm, CopyForm, EventForm, VersionedForm
from talentsvc.events.labels import EVENT_KINDS, EVENT_PHASES, EVENT_STATES
from talentsvc.events.permit_tasks import permit_for
from talentsvc.events.place_words import city_name
from talentsvc.events.queries import occasions as queries
from talentsvc.events.refusals.occasions import MISSING, sentence_for
from talentsvc.events.terms.event import EventKind, EventState
from talentsvc.extensions.unit_of_work import attempt


@blueprint.get("/")
@requires("events.read")
def board() -> str:
    """All events, the newest first, by state and kind."""
    state = _member(EventState, request.args.get("state"))
    kind = _member(EventKind, request.args.get("kind"))
    return render_template(
        "events/desk/board.html",
        page=queries.events_page(state, kind, request.args.get("cursor")),
        states=EVENT_STATES,
        kinds=EVENT_KINDS,
        state_chips=filter_chips_of(
            EVENT_STATES, state, lambda value: url_for(".board", state=value, kind=kind)
        ),
        kind_chips=filter_chips_of(
            EVENT_KINDS, kind, lambda value: url_for(".board", kind=value, state=state)
        ),
    )


def _member(members: Any, given: str | None) -> Any:
    return members(given) if given in {member.value for member in members} else None


@blueprint.get("/<uuid:event_id>")
@requires("events.read")
def event(event_id: UUID) -> str:
    """One event: what it is, its sessions with their permits, and what can be done."""
    return _event_page(event_id)


def _event_page(event_id: UUID, missing: list[Any] | None = None) -> str:
    found = queries.event_of(event_id)
    sessions, at = queries.sessions_of_event(event_id), now()
    phase = queries.phase_of(found, queries.dates_of(found, sessions), at)
    return render_template(
        "events/desk/event.html",
        event=found,
        sessions=sessions,
        permits={session.id: permit_for(session, at) for session in sessions},
        phase=EVENT_PHASES[phase] if phase else None,
        kinds=EVENT_KINDS,
        states=EVENT_STATES,
        city_name=city_name,
        form=VersionedForm(data={"version": found.version}, formdata=None),
        copy_form=CopyForm(formdata=None),
        missing=missing or [],
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires("events.edit")
def new_event() -> Any:
    """Enter an event."""
    form = EventForm() if request.method == "POST" else EventForm.of(None)
    if form.was_sent():
        try:
            with attempt():
                made = create_event(form.details(), actor=acting(), at=now())
        except InvalidInput as refusal:
            form.complain(refusal, sentence_for(refusal))
        else:
            flash(_("Saved as a draft. Now add the sessions."), "success")
            return redirect(url_for(".event", event_id=made.id), 303)
    page = render_template("events/desk/event_form.html", form=form, event=None)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/<uuid:event_id>/edit", methods=["GET", "POST"])
@requires("events.edit")
def change_event(event_id: UUID) -> Any:
    """Change an event."""
    found = queries.event_of(event_id)
    form = EventForm() if request.method == "POST" else EventForm.of(found)
    if form.was_sent():
        try:
            with attempt():
                edit_event(
                    event_id,
                    form.details(),
                    expected_version=form.version.data,
                    actor=acting(),
                    at=now(),
                )
        except InvalidInput as refusal:
            form.complain(refusal, sentence_for(refusal))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(".event", event_id=event_id), 303)
    page = render_template("events/desk/event_form.html", form=form, event=found)
    return (page, 422) if request.method == "POST" else page


@blueprint.post("/<uuid:event_id>/publish")
@requires("events.edit")
def publish(event_id: UUID) -> Any:
    """Show the event to the public, or say everything that is missing."""
    form = VersionedForm()
    try:
        with attempt():
            publish_event(event_id, expected_version=form.version.data, actor=acting(), at=now())
    except NotPublishable as refusal:
        return _event_page(event_id, [MISSING[one] for one in refusal.missing]), 422
    flash(_("Published. Everybody can see it now."), "success")
    return redirect(url_for(".event", event_id=event_id), 303)


@blueprint.route("/<uuid:event_id>/cancel", methods=["GET", "POST"])
@requires("events.edit")
def cancel(event_id: UUID) -> Any:
    """Cancel an event with a reason that everybody who registered reads."""
    found = queries.event_of(event_id)
    form = CancelForm()
    if form.was_sent():
        cancel_event(
            event_id,
            reason=form.reason.data or "",
            expected_version=form.version.data,
            actor=acting(),
            at=now(),
        )
        flash(_("Cancelled. Everybody who registered is told."), "success")
        return redirect(url_for(".event", event_id=event_id), 303)
    if request.method == "GET":
        form = CancelForm(data={"version": found.version})
    page = render_template("events/desk/cancel.html", form=form, event=found, session=None)
    return (page, 422) if request.method == "POST" else page


@blueprint.post("/<uuid:event_id>/copy")
@requires("events.edit")
def copy(event_id: UUID) -> Any:
    """A new draft from this event."""
    form = CopyForm()
    if not form.was_sent():
        return _event_page(event_id), 422
    made = copy_event(event_id, first_day=form.first_day.data, actor=acting(), at=now())
    flash(_("Copied as a draft. Look at the dates before you publish it."), "success")
    return redirect(url_for(".event", event_id=made.id), 303)
