"""Persons of a session and invitations to an event, at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.events.actions.invite_guests import invite_guests
from talentsvc.events.desk import blueprint
from talentsvc.events.forms.visits import GRADES, InviteForm
from talentsvc.events.models import Event, FairSession
from talentsvc.events.queries import visits as queries
from talentsvc.events.refusals.visits import sentence_for
from talentsvc.events.visit_words import INVITATION_STATES, visit_state
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import attempt


@blueprint.get("/sessions/<uuid:session_id>/visitors")
@requires("registrations.read")
def visitors(session_id: UUID) -> str:
    """Who comes, in the order of registration, with the counts of the door and the grades given."""
    session = db.session.get(FairSession, session_id)
    if session is None:
        raise NotFoundHere()
    return render_template(
        "events/desk/visitors.html",
        session=session,
        event=db.session.get_one(Event, session.event_id),
        page=queries.visitors_page(session_id, request.args.get("cursor")),
        count=queries.door_count(session_id),
        grades=dict(GRADES),
        feedback=queries.feedback_of(session_id),
        visit_state=visit_state,
    )


@blueprint.route("/<uuid:event_id>/invitations", methods=["GET", "POST"])
@requires("events.edit")
def invitations(event_id: UUID) -> Any:
    """Invite guests by e-mail, and see who has answered."""
    form = InviteForm()
    if form.was_sent():
        guests, wrong = form.read_guests()
        if form.complain_of_lines(wrong, guests):
            return _invitations_page(event_id, form), 422
        try:
            with attempt():
                made = invite_guests(event_id, guests, actor=acting(), at=now())
        except InvalidInput as refusal:
            form.guests.errors = [str(sentence_for(refusal))]
            return _invitations_page(event_id, form), 422
        flash(
            ngettext("%(num)d guest was invited.", "%(num)d guests were invited.", len(made)),
            "success",
        )
        return redirect(url_for(".invitations", event_id=event_id), 303)
    page = _invitations_page(event_id, form)
    return (page, 422) if request.method == "POST" else page


def _invitations_page(event_id: UUID, form: InviteForm) -> str:
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFoundHere()
    return render_template(
        "events/desk/invitations.html",
        event=event,
        form=form,
        page=queries.invitations_page(event_id, request.args.get("cursor")),
        states=INVITATION_STATES,
    )
