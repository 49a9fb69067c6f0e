"""The steps an officer takes with a card: a page each, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs know 3.2

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.cards.actions.cancel_card import cancel_card
from talentsvc.cards.actions.reinstate_card import reinstate_card
from talentsvc.cards.actions.replace_card import replace_card
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.actions.suspend_card import suspend_card
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.cards import card_context, officer_classes
from talentsvc.cards.desk.forms import CancelForm, ReasonForm, StepForm, SuspendForm
from talentsvc.cards.desk.refusals import refusal_sentence
from talentsvc.cards.labels import CANCELLATIONS
from talentsvc.cards.models import Card
from talentsvc.cards.queries.cards import card_sheet
from talentsvc.cards.rules.transitions import CARD_ACTORS, who_may_cancel
from talentsvc.cards.terms import ActorClass, CancellationReason, CardAction, SuspensionReason
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.unit_of_work import attempt

Run = Callable[..., Card]


def step_page(card_id: UUID, action: CardAction, form: StepForm, run: Run, done: str) -> Any:
    """Show the form of a step, or take the step and go to the card it leaves in the holder's hand.

    `run` gets the id and what every action wants; it is called only for a well-formed form.
    An officer in whose name nobody may take the step gets 403, whatever the card's state.
    """
    if not officer_classes() & CARD_ACTORS[action]:
        abort(403)
    sheet = card_sheet(card_id)
    if request.method == "GET":
        form.version.data = str(sheet.card.version)
    if form.was_sent():
        card = _taken(form, card_id, run)
        if card is not None:
            flash(done, "success")
            return redirect(url_for("cards_desk.card", card_id=card.id), 303)
    page = render_template(
        "cards/desk/card_step.html", form=form, action=action, **card_context(sheet)
    )
    return page, 422 if request.method == "POST" else 200


def _taken(form: StepForm, card_id: UUID, run: Run) -> Card | None:
    """Take the step; a refused input stands on the form in words, with all that was typed."""
    try:
        with attempt():
            return run(card_id, actor=acting(), at=now(), expected_version=form.expected_version())
    except InvalidInput as error:
        field = form._fields.get(error.field, form.form_id)
        field.errors = [*field.errors, refusal_sentence(error)]
        return None


@blueprint.route("/cards/<uuid:card_id>/report-loss", methods=["GET", "POST"])
@requires("cards.manage")
def report_card_loss(card_id: UUID) -> Any:
    """The holder stands at the window, or is on the phone: the card is lost."""

    def run(lost_id: UUID, **how: Any) -> Card:
        return report_loss(lost_id, actor_class=ActorClass.CLERK, **how)

    done = _("Reported lost. The number is out of use from this moment.")
    return step_page(card_id, CardAction.REPORT_LOSS, StepForm(), run, done)


@blueprint.route("/cards/<uuid:card_id>/suspend", methods=["GET", "POST"])
@requires("cards.manage")
def suspend(card_id: UUID) -> Any:
    """Out of use for now."""
    form = SuspendForm()

    def run(suspended_id: UUID, **how: Any) -> Card:
        return suspend_card(
            suspended_id,
            suspension=SuspensionReason(form.suspension.data),
            reason=form.reason.data or "",
            **how,
        )

    return step_page(
        card_id, CardAction.SUSPEND, form, run, _("Suspended. The holder is told why.")
    )


@blueprint.route("/cards/<uuid:card_id>/reinstate", methods=["GET", "POST"])
@requires("cards.manage")
def reinstate(card_id: UUID) -> Any:
    """Back in use."""
    form = ReasonForm()

    def run(reinstated_id: UUID, **how: Any) -> Card:
        return reinstate_card(reinstated_id, reason=form.reason.data or "", **how)

    return step_page(card_id, CardAction.REINSTATE, form, run, _("The card is back in use."))


@blueprint.route("/cards/<uuid:card_id>/replace", methods=["GET", "POST"])
@requires("cards.manage")
def replace(card_id: UUID) -> Any:
    """A new number with the same last day; the page goes to the new card."""
    done = _("Replaced. This is the new card; the old number is out of use.")
    return step_page(card_id, CardAction.REPLACE, StepForm(), replace_card, done)


@blueprint.route("/cards/<uuid:card_id>/cancel", methods=["GET", "POST"])
@requires("cards.manage")
def cancel(card_id: UUID) -> Any:
    """The card ends before its last day; revoking it is a decider's step."""
    form = CancelForm()
    classes = officer_classes()
    form.cancellation.choices = [
        SelectChoice(reason.value, label)
        for reason, label in CANCELLATIONS.items()
        if classes & who_may_cancel(CancellationReason(reason))
    ]

    def run(cancelled_id: UUID, **how: Any) -> Card:
        cancellation = CancellationReason(form.cancellation.data)
        allowed = classes & who_may_cancel(cancellation)
        return cancel_card(
            cancelled_id,
            cancellation=cancellation,
            reason=form.reason.data or "",
            actor_class=ActorClass.CLERK if ActorClass.CLERK in allowed else ActorClass.DECIDER,
            **how,
        )

    return step_page(card_id, CardAction.CANCEL, form, run, _("Cancelled. The holder is told why."))


#: Where each step has its page.
STEP_ENDPOINTS = {
    CardAction.REPORT_LOSS: "report_card_loss",
    CardAction.SUSPEND: "suspend",
    CardAction.REINSTATE: "reinstate",
    CardAction.REPLACE: "replace",
    CardAction.CANCEL: "cancel",
}


@blueprint.app_template_global("card_step_href")
def card_step_href(action: CardAction, card_id: UUID) -> str:
    """The page of a step with a card."""
    return url_for(f"cards_desk.{STEP_ENDPOINTS[action]}", card_id=card_id)
