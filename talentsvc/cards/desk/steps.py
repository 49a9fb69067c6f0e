"""The steps an officer takes with a case: a page each, so that the address and the back button work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.cards.actions.accept_application import accept_application
from talentsvc.cards.actions.approve_application import approve_application
from talentsvc.cards.actions.decide_objection import decide_objection
from talentsvc.cards.actions.decide_review import decide_review
from talentsvc.cards.actions.extend_decision import extend_decision
from talentsvc.cards.actions.hand_over_card import hand_over_card
from talentsvc.cards.actions.record_objection import record_objection
from talentsvc.cards.actions.record_recognition import record_recognition
from talentsvc.cards.actions.refuse_out_of_scope import refuse_out_of_scope
from talentsvc.cards.actions.reject_application import reject_application
from talentsvc.cards.actions.return_to_reviewer import return_to_reviewer
from talentsvc.cards.actions.send_for_recognition import send_for_recognition
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.case import case_context
from talentsvc.cards.desk.forms import (
    ObjectionForm,
    ReasonForm,
    RefuseForm,
    RejectForm,
    StepForm,
    YesNoReasonForm,
)
from talentsvc.cards.desk.refusals import refusal_sentence
from talentsvc.cards.queries.case import case_head
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.unit_of_work import attempt

Run = Callable[..., Any]


#: Steps whose page is more than a form.
OWN_PAGES = {
    "endorse": "check_in_person",
    "request_correction": "request_correction",
    "recommend": "recommend",
}


def step_page(
    application_id: UUID, step: str, form: StepForm, run: Run, done: str, **context: Any
) -> Any:
    """Show the form of a step, or take the step and go back to the case with a word about it.

    `run` gets the id and everything every action wants; it is called only for a well-formed form.
    """
    head = case_head(application_id)
    if request.method != "POST":
        form.version.data = str(head.application.version)
    if form.was_sent() and _taken(form, application_id, run):
        flash(done, "success")
        return redirect(url_for("cards_desk.case", application_id=application_id), 303)
    template = f"cards/desk/{OWN_PAGES.get(step, 'step')}.html"
    page = render_template(template, form=form, step=step, **case_context(head), **context)
    return page, 422 if request.method == "POST" else 200


def _taken(form: StepForm, application_id: UUID, run: Run) -> bool:
    """Take the step; what it refuses as an input stands on the form in words, with all that was typed."""
    try:
        with attempt():
            run(application_id, actor=acting(), at=now(), expected_version=form.expected_version())
    except InvalidInput as error:
        field = form._fields.get(error.field, form.form_id)
        field.errors = [*field.errors, refusal_sentence(error)]
        return False
    return True


@blueprint.route("/cases/<uuid:application_id>/accept", methods=["GET", "POST"])
@requires("cases.take_in")
def accept(application_id: UUID) -> Any:
    """Everything is there: accept."""
    return step_page(
        application_id,
        "accept",
        StepForm(),
        accept_application,
        _("Accepted. The decision clock runs."),
    )


@blueprint.route("/cases/<uuid:application_id>/refuse-out-of-scope", methods=["GET", "POST"])
@requires("cases.take_in")
def refuse(application_id: UUID) -> Any:
    """Another office is responsible."""
    form = RefuseForm()

    def run(case_id: UUID, **how: Any) -> None:
        refuse_out_of_scope(
            case_id, reason=form.reason.data or "", right_office=form.right_office.data or "", **how
        )

    return step_page(
        application_id,
        "refuse_out_of_scope",
        form,
        run,
        _("The applicant is told which office is responsible."),
    )


@blueprint.route("/cases/<uuid:application_id>/send-for-recognition", methods=["GET", "POST"])
@requires("cases.recommend")
def send_to_talent_office(application_id: UUID) -> Any:
    """Ask the talent office about a special skill."""
    form = ReasonForm()

    def run(case_id: UUID, **how: Any) -> None:
        send_for_recognition(case_id, reason=form.reason.data or "", **how)

    return step_page(
        application_id,
        "send_for_recognition",
        form,
        run,
        _("Sent to the talent office. The clock stands still."),
    )


@blueprint.route("/cases/<uuid:application_id>/recognition", methods=["GET", "POST"])
@requires("cases.recognise")
def recognition(application_id: UUID) -> Any:
    """The talent office's answer."""
    form = YesNoReasonForm()

    def run(case_id: UUID, **how: Any) -> None:
        record_recognition(
            case_id, is_recognised=form.answer.data == "yes", reason=form.reason.data or "", **how
        )

    return step_page(
        application_id,
        "record_recognition",
        form,
        run,
        _("Recorded. The case is back with its reviewer."),
    )


@blueprint.route("/cases/<uuid:application_id>/return-to-reviewer", methods=["GET", "POST"])
@requires("cases.decide")
def send_back(application_id: UUID) -> Any:
    """Something is open: back to the reviewer."""
    form = ReasonForm()

    def run(case_id: UUID, **how: Any) -> None:
        return_to_reviewer(case_id, reason=form.reason.data or "", **how)

    return step_page(
        application_id, "return_to_reviewer", form, run, _("Sent back to the reviewer.")
    )


@blueprint.route("/cases/<uuid:application_id>/extend", methods=["GET", "POST"])
@requires("cases.decide")
def extend(application_id: UUID) -> Any:
    """More time for the decision, once."""
    form = ReasonForm()

    def run(case_id: UUID, **how: Any) -> None:
        extend_decision(case_id, reason=form.reason.data or "", **how)

    return step_page(
        application_id, "extend_decision", form, run, _("Extended. The applicant is told why.")
    )


@blueprint.route("/cases/<uuid:application_id>/approve", methods=["GET", "POST"])
@requires("cases.decide")
def approve(application_id: UUID) -> Any:
    """A positive decision."""
    form = ReasonForm()

    def run(case_id: UUID, **how: Any) -> None:
        approve_application(case_id, reason=form.reason.data or "", **how)

    return step_page(
        application_id, "approve", form, run, _("Approved. The public notice has begun.")
    )


@blueprint.route("/cases/<uuid:application_id>/reject", methods=["GET", "POST"])
@requires("cases.decide")
def reject(application_id: UUID) -> Any:
    """A negative decision."""
    form = RejectForm()

    def run(case_id: UUID, **how: Any) -> None:
        reject_application(
            case_id,
            reason=form.reason.data or "",
            clause=form.clause.data or "",
            remedy=form.remedy.data or "",
            **how,
        )

    return step_page(
        application_id,
        "reject",
        form,
        run,
        _("Rejected. The applicant is told why and what can be done."),
    )


@blueprint.route("/cases/<uuid:application_id>/objection", methods=["GET", "POST"])
@requires("cases.take_in")
def objection(application_id: UUID) -> Any:
    """Take an objection in."""
    form = ObjectionForm()

    def run(case_id: UUID, **how: Any) -> None:
        record_objection(
            case_id, objector=form.objector.data or "", grounds=form.grounds.data or "", **how
        )

    return step_page(
        application_id,
        "record_objection",
        form,
        run,
        _("Objection recorded. No card is issued until it is decided."),
    )


@blueprint.route("/cases/<uuid:application_id>/objection/decision", methods=["GET", "POST"])
@requires("cases.decide")
def objection_decision(application_id: UUID) -> Any:
    """Uphold or dismiss an objection."""
    form = YesNoReasonForm()

    def run(case_id: UUID, **how: Any) -> None:
        decide_objection(
            case_id, is_upheld=form.answer.data == "yes", reason=form.reason.data or "", **how
        )

    return step_page(application_id, "dismiss_objection", form, run, _("The objection is decided."))


@blueprint.route("/cases/<uuid:application_id>/review", methods=["GET", "POST"])
@requires("cases.decide")
def review(application_id: UUID) -> Any:
    """Decide a review that the applicant asked for."""
    form = YesNoReasonForm()

    def run(case_id: UUID, **how: Any) -> None:
        decide_review(
            case_id, is_overturned=form.answer.data == "yes", reason=form.reason.data or "", **how
        )

    return step_page(application_id, "confirm_rejection", form, run, _("The review is decided."))


@blueprint.route("/cases/<uuid:application_id>/hand-over", methods=["GET", "POST"])
@requires("cases.hand_over")
def hand_over(application_id: UUID) -> Any:
    """Hand the card over."""
    return step_page(
        application_id,
        "hand_over",
        StepForm(),
        hand_over_card,
        _("Handed over. The case is closed."),
    )


#: Where each offered step has its page.
STEP_ENDPOINTS = {
    "endorse": "in_person",
    "accept": "accept",
    "request_correction": "correction",
    "refuse_out_of_scope": "refuse",
    "send_for_recognition": "send_to_talent_office",
    "record_recognition": "recognition",
    "recommend": "recommendation",
    "return_to_reviewer": "send_back",
    "extend_decision": "extend",
    "approve": "approve",
    "reject": "reject",
    "record_objection": "objection",
    "dismiss_objection": "objection_decision",
    "confirm_rejection": "review",
    "hand_over": "hand_over",
}


@blueprint.app_template_global("step_href")
def step_href(action: str, application_id: UUID) -> str:
    """The page of a step. Errors: 404 for a step without one."""
    if action not in STEP_ENDPOINTS:
        abort(404)
    return url_for(f"cards_desk.{STEP_ENDPOINTS[action]}", application_id=application_id)
