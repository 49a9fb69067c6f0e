"""Registering for a session as a person, one's own visits, their codes, and how it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.core.qr import qr_data_uri
from talentsvc.events.actions.cancel_visit import cancel_visit
from talentsvc.events.actions.give_feedback import give_feedback
from talentsvc.events.actions.register_visit import register_visit
from talentsvc.events.forms.visits import FeedbackForm
from talentsvc.events.queries import visits as queries
from talentsvc.events.refusals.visits import sentence_for
from talentsvc.events.rules.visiting import free_places
from talentsvc.events.terms.visit import VisitState
from talentsvc.events.views import blueprint
from talentsvc.events.visit_words import visit_state
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.unit_of_work import attempt


@blueprint.get("/events/sessions/<uuid:session_id>/visit")
@requires("visits.own")
def visit_session(session_id: UUID) -> Any:
    """Register for a session: when, where, how many places are left."""
    return _register_page(session_id, None)


@blueprint.post("/events/sessions/<uuid:session_id>/visit")
@requires("visits.own")
def register_for_session(session_id: UUID) -> Any:
    """Take a place, or a number on the waiting list."""
    form = ActionForm()
    if not form.was_sent():
        return _register_page(session_id, None), 422
    try:
        with attempt():
            visit = register_visit(session_id, actor=acting(), at=now())
    except InvalidInput as refusal:
        return _register_page(session_id, sentence_for(refusal)), 422
    return redirect(url_for("events.visit", visit_id=visit.id), 303)


def _register_page(session_id: UUID, refusal: Any) -> str:
    session, event = queries.session_for_visit(session_id)
    account_id = current_actor.account_id
    mine = queries.open_visit(session_id, account_id) if account_id else None
    return render_template(
        "events/visits/register.html",
        session=session,
        event=event,
        mine=mine,
        left=free_places(session.visitor_places, session.visitors_taken),
        form=ActionForm(formdata=None),
        refusal=refusal,
        is_over=now() >= session.ends_at,
    )


@blueprint.get("/my-events")
@requires("visits.own")
def my_visits() -> str:
    """Everything one registered for, the newest first. One query."""
    return render_template(
        "events/visits/my_visits.html",
        page=queries.visits_page(current_actor.account_id, request.args.get("cursor")),
        visit_state=visit_state,
    )


@blueprint.get("/my-events/<uuid:visit_id>")
@requires("visits.own")
def visit(visit_id: UUID) -> str:
    """One visit: the code for the door, the position on the waiting list, or the question how it was."""
    return _visit_page(visit_id, FeedbackForm(formdata=None))


def _visit_page(visit_id: UUID, feedback_form: FeedbackForm) -> str:
    own = queries.own_visit(visit_id, current_actor.account_id)
    base = current_app.config["SETTINGS"].public_base_url
    return render_template(
        "events/visits/visit.html",
        own=own,
        state=visit_state(own.visit),
        code=qr_data_uri(f"{base}/check-in/{own.visit.code}"),
        form=ActionForm(formdata=None),
        feedback_form=feedback_form,
        may_cancel=own.visit.state is VisitState.REGISTERED and now() < own.session.starts_at,
        may_tell=own.visit.state is VisitState.CHECKED_IN and own.feedback is None,
    )


@blueprint.post("/my-events/<uuid:visit_id>/cancel")
@requires("visits.own")
def cancel_my_visit(visit_id: UUID) -> Any:
    """Give the place back; the next in line is told."""
    cancel_visit(visit_id, actor=acting(), at=now())
    flash(_("Cancelled. Thank you for telling us: somebody else can come."), "success")
    return redirect(url_for("events.visit", visit_id=visit_id), 303)


@blueprint.post("/my-events/<uuid:visit_id>/feedback")
@requires("visits.own")
def send_feedback(visit_id: UUID) -> Any:
    """Say how it was, once."""
    form = FeedbackForm()
    if not form.was_sent():
        return _visit_page(visit_id, form), 422
    give_feedback(
        visit_id, grade=form.grade.data, words=form.words.data or "", actor=acting(), at=now()
    )
    flash(_("Thank you for telling us."), "success")
    return redirect(url_for("events.visit", visit_id=visit_id), 303)
