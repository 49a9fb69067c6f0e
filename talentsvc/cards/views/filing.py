"""Check the answers, agree, and send; then a receipt that says what happens next and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.cards.actions.submit_application import submit_application
from talentsvc.cards.answer_words import answer_rows
from talentsvc.cards.drafting import answers_of, draft_of
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.forms.filing import SendForm
from talentsvc.cards.forms.step import StepForm
from talentsvc.cards.labels import STEPS
from talentsvc.cards.models import Application
from talentsvc.cards.queries.case import events_of, own_application
from talentsvc.cards.rules.answers import ANSWERED, Step
from talentsvc.cards.terms import EDITABLE_STATES, CaseAction
from talentsvc.cards.views import blueprint
from talentsvc.cards.views.apply import step_href, step_links
from talentsvc.cards.views.evidence_items import ItemView, item_views, missing_views
from talentsvc.cards.views.receipts import receipt_context
from talentsvc.cards.views.step_forms import employer_by_text, stored_forms
from talentsvc.cards.views.verdicts import live_verdicts
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput, NotAllowedNow, StaleVersion
from talentsvc.people.refusals import sentence_for
from talentsvc.people.terms import PRIVACY_NOTICE_VERSION

_REFUSALS: dict[str, Any] = {
    "rules_changed": _l(
        "New rules have come into force since you began. Look at the category and at what they say, and send again."
    ),
    "category_unknown": _l("Choose the category you apply under."),
    "answers_incomplete": _l("Some answers of this step are missing or cannot be right."),
    "employer_not_verified": _l("This employer is not verified, so it cannot confirm anything."),
    "evidence_missing": _l("Some papers are missing."),
    "card_in_force": _l(
        "You hold a card of this kind already. Near its end you renew it; nobody gets a second one."
    ),
    "consents_missing": _l("Without the needed consents we may not work on your application."),
}


#: A step that nobody opened yet: one sentence instead of one for each of its fields.
NOT_BEGUN = _l("Not filled in yet")


@dataclass(frozen=True)
class Complaint:
    """Something that stands between the draft and its filing, and where to mend it."""

    sentence: Any
    href: str
    where: Any


@blueprint.get("/applications/<uuid:application_id>/check")
@requires("applications.own")
def check(application_id: UUID) -> Any:
    """Everything filled in on one page, what the rules say of it, and the consents."""
    application = own_application(application_id, current_actor.account_id)
    if application.state not in EDITABLE_STATES:
        return redirect(url_for("cards.application", application_id=application_id))
    return _page(application, SendForm(version=str(application.version)))


@blueprint.post("/applications/<uuid:application_id>/check")
@requires("applications.own")
def send(application_id: UUID) -> Any:
    """File the application; what is wrong is said on the same page, and nothing is lost."""
    application = own_application(application_id, current_actor.account_id, lock=True)
    if application.state not in EDITABLE_STATES:
        raise NotAllowedNow(application.state, CaseAction.SUBMIT)
    form = SendForm()
    if not form.was_sent():
        return _page(application, form, complaints_of(application, item_views(application))), 422
    try:
        case = submit_application(
            application_id,
            consents=form.consents(),
            actor=acting(),
            at=now(),
            expected_version=form.seen_version(),
        )
    except StaleVersion:
        return _page(application, form, is_stale=True), 409
    except InvalidInput as refusal:
        # The filing stops at the first thing that is wrong; the page names all of them.
        complaints = complaints_of(application, item_views(application))
        if not complaints or refusal.code == "rules_changed":
            complaints = [_complaint(application, refusal), *complaints]
        return _page(application, form, complaints), 422
    sequence = len(case.events)
    return redirect(url_for("cards.receipt", application_id=application_id, sequence=sequence), 303)


@blueprint.get("/applications/<uuid:application_id>/receipts/<int:sequence>")
@requires("applications.own")
def receipt(application_id: UUID, sequence: int) -> str:
    """What was handed in and when, what happens next and by when; to keep or print."""
    application = own_application(application_id, current_actor.account_id)
    return render_template(
        "cards/apply/receipt.html",
        **receipt_context(application, events_of(application_id), sequence),
    )


@blueprint.get("/privacy-notice")
@requires("public")
def privacy_notice() -> str:
    """How personal data of applicants are used (PIPL 17); to read before anything is typed."""
    return render_template("cards/apply/privacy.html", version=PRIVACY_NOTICE_VERSION)


def complaints_of(application: Application, views: list[ItemView]) -> list[Complaint]:
    """Everything that is still missing or wrong, step by step."""
    found = []
    draft = draft_of(application)
    begun = answers_of(draft)
    for step, form in stored_forms(application, draft).items():
        href = step_href(application.id, step)
        if step not in begun:
            found.append(Complaint(NOT_BEGUN, href, STEPS[step]))
            continue
        for name, sentence in form.complaints().items():
            found.append(Complaint(sentence, f"{href}#{anchor_of(form, name)}", STEPS[step]))
    evidence = step_href(application.id, Step.EVIDENCE)
    for view in missing_views(views):
        sentence = _("Add a file: %(paper)s", paper=view.title)
        found.append(Complaint(sentence, f"{evidence}#{view.anchor}", STEPS[Step.EVIDENCE]))
    return found


def anchor_of(form: StepForm, name: str) -> str:
    """The id of the field, or of its first button where it is a row of them."""
    if name not in form:
        return ""
    return f"{form[name].id}-0" if isinstance(form[name], RadioField) else str(form[name].id)


def _complaint(application: Application, refusal: InvalidInput) -> Complaint:
    """Where a refusal of the filing itself is mended."""
    if refusal.field in set(Step):
        step = Step(refusal.field)
        return Complaint(_REFUSALS[refusal.code], step_href(application.id, step), STEPS[step])
    if refusal.field == "consents":
        return Complaint(_REFUSALS[refusal.code], "#notice_read", STEPS[Step.CHECK])
    href = step_href(application.id, Step.IDENTITY)
    return Complaint(sentence_for(refusal), f"{href}#{refusal.field}", STEPS[Step.IDENTITY])


def _page(
    application: Application,
    form: SendForm,
    complaints: list[Complaint] | None = None,
    *,
    is_stale: bool = False,
) -> str:
    answers = answers_of(draft_of(application))
    views = item_views(application)
    employer = employer_by_text(answers.get(Step.WORK, {}).get("employer_id"))
    form.version.data = str(application.version)
    return render_template(
        "cards/apply/check.html",
        application=application,
        form=form,
        steps=step_links(application),
        current=list(Step).index(Step.CHECK),
        sections=_sections(application, answers, employer.name if employer else ""),
        items=views,
        evidence_href=step_href(application.id, Step.EVIDENCE),
        verdicts=live_verdicts(application, answers, employer, current_actor.person_id, now()),
        complaints=complaints_of(application, views) if complaints is None else complaints,
        is_refused=complaints is not None,
        is_stale=is_stale,
        notice_version=PRIVACY_NOTICE_VERSION,
    )


def _sections(
    application: Application, answers: dict[str, Any], employer: str
) -> list[dict[str, Any]]:
    category = category_of(application)
    return [
        {
            "title": STEPS[step],
            "href": step_href(application.id, step),
            "rows": [
                (label, text, f"{step_href(application.id, step)}#{name}")
                for name, label, text in answer_rows(
                    step, answers, category=category, employer=employer
                )
            ],
        }
        for step in ANSWERED
    ]
