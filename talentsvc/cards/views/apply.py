"""Filling in an application: one topic a page, saved as typed, resumable anywhere (product.md A2)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.cards.actions.save_step import save_step as save
from talentsvc.cards.actions.start_application import start_application
from talentsvc.cards.answer_words import FIELD_WORDS, answer_rows, answer_text
from talentsvc.cards.drafting import answers_of, draft_of, editable_steps
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.following import standings_of
from talentsvc.cards.forms.step import StepForm
from talentsvc.cards.forms.work import WorkForm
from talentsvc.cards.labels import STEPS
from talentsvc.cards.models import Application
from talentsvc.cards.queries.case import open_applications_of, own_application
from talentsvc.cards.rules.answers import FIELDS, Step
from talentsvc.cards.rules.transitions import OPEN_STATES
from talentsvc.cards.terms import EDITABLE_STATES, ApplicationState
from talentsvc.cards.views import blueprint
from talentsvc.cards.views.correction_items import explanations_for
from talentsvc.cards.views.step_forms import (
    chosen_employer,
    employer_by_text,
    find_employers,
    sent_form,
    stored_form,
)
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere, QuotaExhausted, StaleVersion
from talentsvc.policy.queries import rules_of

ROUTE = "/applications/<uuid:application_id>/<any(category, identity, education, work):step>"


@blueprint.post("/applications/start")
@requires("applications.own")
def start() -> Any:
    """Begin, or go on with the application that is open already: nobody has two at once."""
    account_id = current_actor.account_id
    if account_id is None:
        raise NotFoundHere()
    for standing in standings_of(open_applications_of(account_id), now()):
        if standing.state in OPEN_STATES:
            open_one = standing.application.id
            return redirect(url_for("cards.application", application_id=open_one), 303)
    try:
        application = start_application(actor=acting(), at=now())
    except QuotaExhausted:
        flash(_("Applications cannot be begun now: no rules are in force. Please come back later."))
        return redirect(url_for("cards.my_applications"), 303)
    return redirect(url_for("cards.step", application_id=application.id, step="category"), 303)


@blueprint.get(ROUTE)
@requires("applications.own")
def step(application_id: UUID, step: str) -> str:
    """One step as stored; read-only where it cannot be changed now."""
    application = own_application(application_id, current_actor.account_id)
    this = Step(step)
    if this not in editable_steps(application):
        return _read_only(application, this)
    form = stored_form(application, draft_of(application), this)
    found = find_employers(form) if isinstance(form, WorkForm) and "find" in request.args else None
    return _page(application, this, form, found=found)


@blueprint.post(ROUTE)
@requires("applications.own")
def send_step(application_id: UUID, step: str) -> Any:
    """Save and continue: kept right or wrong, and on to the next step when it is right."""
    application = own_application(application_id, current_actor.account_id, lock=True)
    this = Step(step)
    form = sent_form(application, this)
    found = find_employers(form) if isinstance(form, WorkForm) else None
    is_on_the_way = "find" in request.form or "leave" in request.form
    is_valid = form.was_sent() and not is_on_the_way
    try:
        draft = save(
            application_id,
            this,
            form.clean_values() if is_valid else form.values(),
            actor=acting(),
            at=now(),
            expected_version=form.seen_version(),
        )
    except StaleVersion:
        return _conflict(application, this, form), 409
    if "find" in request.form:
        here = url_for("cards.step", application_id=application_id, step=step, find=1)
        return redirect(f"{here}#employer", 303)
    if "leave" in request.form:
        return redirect(_home(application), 303)
    if not is_valid:
        form.version.data = str(draft.version)
        return _page(application, this, form, found=found), 422
    return redirect(_after(application, this), 303)


@blueprint.post(f"{ROUTE}/draft")
@requires("applications.own")
def save_step(application_id: UUID, step: str) -> Any:
    """Keep a step as typed, unchecked; for the page's own script."""
    application = own_application(application_id, current_actor.account_id, lock=True)
    form = sent_form(application, Step(step))
    try:
        draft = save(
            application_id,
            Step(step),
            form.values(),
            actor=acting(),
            at=now(),
            expected_version=form.seen_version(),
        )
    except StaleVersion:
        message = _("This step was changed elsewhere. Reload the page before you go on.")
        return jsonify(message=message), 409
    saved_at = draft.updated_at.isoformat().replace("+00:00", "Z")
    return jsonify(saved_at=saved_at, fields={"version": str(draft.version)})


def step_links(application: Application) -> list[dict[str, Any]]:
    """The steps of the form for the progress bar."""
    return [{"label": STEPS[step], "href": step_href(application.id, step)} for step in Step]


def step_href(application_id: UUID, step: Step) -> str:
    """Where a step is filled in."""
    if step in (Step.EVIDENCE, Step.CHECK):
        return url_for(f"cards.{step.value}", application_id=application_id)
    return url_for("cards.step", application_id=application_id, step=step.value)


def _after(application: Application, step: Step) -> str:
    if application.state not in EDITABLE_STATES:
        return _home(application)
    steps = list(Step)
    return step_href(application.id, steps[steps.index(step) + 1])


def _home(application: Application) -> str:
    """Where the pages of a form were come from: the case, or its correction."""
    is_before_filing = application.state in EDITABLE_STATES
    endpoint = "cards.application" if is_before_filing else "cards.correction"
    return url_for(endpoint, application_id=application.id)


def _page(application: Application, step: Step, form: StepForm, **more: Any) -> str:
    is_work = isinstance(form, WorkForm)
    return render_template(
        f"cards/apply/{step.value}.html",
        application=application,
        form=form,
        step=step.value,
        steps=step_links(application),
        current=list(Step).index(step),
        title=STEPS[step],
        is_correction=application.state not in EDITABLE_STATES,
        explanations=explanations_for(application, step),
        categories=rules_of(application.rule_set_id).tier(application.tier).categories,
        is_example=rules_of(application.rule_set_id).is_example,
        chosen=chosen_employer(form) if isinstance(form, WorkForm) else None,
        employers=_codes(form) if is_work else {},
        **more,
    )


def _codes(form: StepForm) -> dict[str, str]:
    """The credit code beside each employer on offer, to tell namesakes apart."""
    if not isinstance(form, WorkForm):
        return {}
    return {employer_id: employer.credit_code for employer_id, employer in form.offered.items()}


def _conflict(application: Application, step: Step, form: StepForm) -> str:
    """Both versions, and nothing lost: what was typed stays in the form, what was saved beside it."""
    draft = draft_of(application)
    saved = answers_of(draft).get(step, {})
    typed = form.values()
    form.version.data = str(draft.version)
    differing = [
        (FIELD_WORDS[name], _words(application, name, saved), _words(application, name, typed))
        for name in FIELDS[step]
        if saved.get(name) != typed.get(name) and name in typed
    ]
    return _page(application, step, form, conflict={"at": draft.updated_at, "rows": differing})


def _words(application: Application, name: str, values: dict[str, Any]) -> str:
    value = values.get(name)
    if value in (None, "", []):
        return ""
    employer = employer_by_text(value) if name == "employer_id" else None
    return answer_text(
        name,
        value,
        category=category_of(application),
        employer=employer.name if employer else "",
    )


def _read_only(application: Application, step: Step) -> str:
    """What was filed, where nothing can be changed now."""
    answers = filed_answers(application.id) or answers_of(draft_of(application))
    employer = employer_by_text(answers.get("work", {}).get("employer_id"))
    return render_template(
        "cards/apply/read_only.html",
        application=application,
        title=STEPS[step],
        rows=[
            (label, text)
            for _name, label, text in answer_rows(
                step,
                answers,
                category=category_of(application),
                employer=employer.name if employer else "",
            )
        ],
        is_correction=application.state is ApplicationState.CORRECTION_REQUESTED,
    )
