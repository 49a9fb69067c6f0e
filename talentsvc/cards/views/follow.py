"""Following one's applications: where each stands, why, and what can be done now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.cards.actions.request_review import request_review
from talentsvc.cards.actions.withdraw_application import withdraw_application
from talentsvc.cards.applicant import tiers_held
from talentsvc.cards.course_words import DECISIONS, OWN_CHECK_CAUSES, STATES_FOR_APPLICANT
from talentsvc.cards.endorsing import cause_to_check
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.following import Standing, standing_of, standings_of
from talentsvc.cards.forms.filing import ReviewRequestForm, VersionForm
from talentsvc.cards.labels import DEADLINES, STEPS
from talentsvc.cards.models import Application, CorrectionItem, CorrectionNotice
from talentsvc.cards.pledge_words import pledge_views
from talentsvc.cards.queries.case import (
    applications_page,
    decisions_of,
    events_of,
    notices_with_items,
    open_applications_of,
    own_application,
    public_notice_of,
)
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.rules.reminders import urgency
from talentsvc.cards.rules.transitions import OPEN_STATES, actions_open_to
from talentsvc.cards.terms import (
    EDITABLE_STATES,
    ActorClass,
    ApplicationState,
    CaseAction,
    DecisionKind,
    Urgency,
)
from talentsvc.cards.views import blueprint
from talentsvc.cards.views.apply import step_href
from talentsvc.cards.views.correction_items import correction_rows
from talentsvc.cards.views.evidence_items import ItemView, item_views
from talentsvc.cards.views.filing import NOT_BEGUN, Complaint, complaints_of
from talentsvc.cards.views.receipts import receipts_among
from talentsvc.cards.views.timeline import timeline_of
from talentsvc.cards.views.verdicts import stored_verdicts
from talentsvc.core.clock import local_date, now
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.employers.queries import employer_name
from talentsvc.extensions.language import pick
from talentsvc.policy.terms import Tier

#: What was decided and is the applicant's to read; a recommendation is the office's own step.
SHOWN_DECISIONS = frozenset(
    {DecisionKind.DECISION, DecisionKind.OBJECTION, DecisionKind.REVIEW, DecisionKind.RECOGNITION}
)
PRESSING = frozenset({Urgency.OVERDUE, Urgency.DUE_TODAY, Urgency.DUE_TOMORROW, Urgency.SOON})


@blueprint.get("/applications")
@requires("applications.own")
def my_applications() -> str:
    """One's own cases, the newest first, page by page."""
    account_id = current_actor.account_id
    if account_id is None:
        raise NotFoundHere()
    page = applications_page(account_id, request.args.get("cursor"))
    # On one page is everything there is; else what is open may stand on another one.
    is_all = not (page.next_cursor or page.previous_cursor)
    elsewhere = [] if is_all else open_applications_of(account_id)
    shown = set(page.items)
    standings = standings_of([*page.items, *(one for one in elsewhere if one not in shown)], now())
    return render_template(
        "cards/apply/my_applications.html",
        page=page,
        rows=[_row(standing) for standing in standings[: len(page.items)]],
        states=STATES_FOR_APPLICANT,
        may_begin=may_begin([one.state for one in standings], current_actor.person_id),
    )


def may_begin(states: list[ApplicationState], person_id: UUID | None) -> bool:
    """Whether a new application could be filed: none is open, and no card of the zone runs."""
    is_open = any(state in OPEN_STATES for state in states)
    return not is_open and Tier.C not in tiers_held(person_id, now())


@blueprint.get("/applications/<uuid:application_id>")
@requires("applications.own")
def application(application_id: UUID) -> str:
    """One case: its timeline, the reasons, and what can be done."""
    found = own_application(application_id, current_actor.account_id)
    rows = events_of(application_id)
    standing = standing_of(found, now(), rows)
    notices = notices_with_items(application_id)
    views = item_views(found)
    return render_template(
        "cards/apply/application.html",
        application=found,
        standing=standing,
        **_row(standing),
        states=STATES_FOR_APPLICANT,
        category=_category_title(found),
        employer=employer_name(found.employer_id) if found.employer_id else "",
        timeline=timeline_of(standing, rows, notices),
        verdicts=stored_verdicts(found),
        correction=_correction(standing, notices),
        check_cause=_check_cause(standing),
        decisions=[
            decision
            for decision, _name in decisions_of(application_id)
            if decision.kind in SHOWN_DECISIONS
        ],
        notice=public_notice_of(application_id),
        receipts=receipts_among(rows),
        papers=[view for view in views if view.files],
        pledges=pledge_views(found, now()),
        may_withdraw=CaseAction.WITHDRAW in actions_open_to(standing.state, ActorClass.APPLICANT),
        **(_to_do(found, views) if standing.state in EDITABLE_STATES else {}),
        decision_words=DECISIONS,
        form=VersionForm(),
    )


@blueprint.post("/applications/<uuid:application_id>/withdraw")
@requires("applications.own")
def withdraw(application_id: UUID) -> Any:
    """Withdraw; everybody's right, without a reason and whatever happened since the page was made."""
    own_application(application_id, current_actor.account_id)
    withdraw_application(application_id, actor=acting(), at=now())
    flash(_("Your application is withdrawn. You can begin a new one at any time."), "success")
    return redirect(url_for("cards.application", application_id=application_id), 303)


@blueprint.get("/applications/<uuid:application_id>/review")
@requires("applications.own")
def review_request(application_id: UUID) -> str:
    """The form that asks for a review of a rejection."""
    found = own_application(application_id, current_actor.account_id)
    return _review_page(found, ReviewRequestForm(version=str(found.version)))


@blueprint.post("/applications/<uuid:application_id>/review")
@requires("applications.own")
def send_review_request(application_id: UUID) -> Any:
    """Ask for a review, once and in time."""
    found = own_application(application_id, current_actor.account_id)
    form = ReviewRequestForm()
    if not form.was_sent():
        return _review_page(found, form), 422
    case = request_review(application_id, reason=form.reason.data or "", actor=acting(), at=now())
    sequence = len(case.events)
    return redirect(url_for("cards.receipt", application_id=application_id, sequence=sequence), 303)


def _review_page(application: Application, form: ReviewRequestForm) -> str:
    standing = standing_of(application, now())
    if standing.state is not ApplicationState.REJECTED or standing.deadline is None:
        raise NotAllowedNow(standing.state, CaseAction.REQUEST_REVIEW)
    return render_template(
        "cards/apply/review.html",
        application=application,
        form=form,
        due_on=standing.deadline.due_on,
        decision=_last_rejection(application),
    )


def _last_rejection(application: Application) -> Any:
    found = [
        decision
        for decision, _name in decisions_of(application.id)
        if decision.kind is DecisionKind.DECISION
    ]
    return found[-1] if found else None


def _row(standing: Standing) -> dict[str, Any]:
    """State and due date of a case, as the list and the head of its page show them."""
    deadline = standing.deadline
    pressing = urgency(deadline, local_date(now()), standing.calendar) if deadline else None
    return {
        "case": standing.application,
        "state": standing.state,
        "due_on": deadline.due_on if deadline else None,
        "due_word": DEADLINES[deadline.kind] if deadline else "",
        "is_mine_to_do": standing.state
        in (ApplicationState.CORRECTION_REQUESTED, ApplicationState.REJECTED),
        "is_overdue": pressing is Urgency.OVERDUE,
        "is_soon": pressing in PRESSING and pressing is not Urgency.OVERDUE,
        "is_provisional": bool(deadline and deadline.is_provisional),
    }


def _to_do(application: Application, views: list[ItemView]) -> dict[str, Any]:
    """The steps of the form with what is still open in each, and where to go on."""
    complaints = complaints_of(application, views)
    check = step_href(application.id, Step.CHECK)
    return {
        "steps_to_do": _steps_to_do(application, complaints),
        "go_on_href": complaints[0].href.partition("#")[0] if complaints else check,
    }


def _steps_to_do(application: Application, complaints: list[Complaint]) -> list[dict[str, Any]]:
    items = []
    for step in Step:
        here = [one.sentence for one in complaints if one.where is STEPS[step]]
        open_things = len(here)
        if step is Step.CHECK:
            kind, status = "neutral", _("At the end")
        elif step is Step.EVIDENCE and application.category_code is None:
            kind, status = "neutral", _("After the category")
        elif NOT_BEGUN in here:
            kind, status = "neutral", NOT_BEGUN
        elif open_things:
            kind = "due"
            status = ngettext("%(num)s thing open", "%(num)s things open", open_things)
        else:
            kind, status = "met", _("Done")
        href = step_href(application.id, step)
        items.append({"title": STEPS[step], "href": href, "kind": kind, "status": status})
    return items


def _check_cause(standing: Standing) -> Any:
    """Why a clerk may check the applicant in person, in words; empty where the employer answers."""
    if standing.state is not ApplicationState.AWAITING_ENDORSEMENT:
        return ""
    cause = cause_to_check(standing.application)
    return OWN_CHECK_CAUSES[cause] if cause else ""


def _category_title(application: Application) -> str:
    category = category_of(application)
    return pick(category.title_zh, category.title_en) if category else ""


def _correction(
    standing: Standing, notices: list[tuple[CorrectionNotice, list[CorrectionItem]]]
) -> dict[str, Any] | None:
    """The notice that waits for an answer, with its items."""
    if standing.state is not ApplicationState.CORRECTION_REQUESTED or not notices:
        return None
    notice, items = notices[-1]
    return {"notice": notice, "rows": correction_rows(standing.application, notice, items)}
