"""The two steps with a list of their own: the one-time notice, and the first review's findings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.cards.actions.recommend import CriterionFinding, recommend
from talentsvc.cards.actions.request_correction import request_correction
from talentsvc.cards.correcting import items_of, last_notice
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.forms import RecommendForm, StepForm
from talentsvc.cards.desk.steps import step_page
from talentsvc.cards.rules.answers import ANSWERED
from talentsvc.cards.rules.corrections import NoticeItem
from talentsvc.cards.terms import CorrectionItemKind, FindingOutcome
from talentsvc.core.errors import InvalidInput


@blueprint.route("/cases/<uuid:application_id>/correction", methods=["GET", "POST"])
@requires("cases.take_in")
def correction(application_id: UUID) -> Any:
    """The one-time notice: tick every item, say what is wrong and how to mend it."""
    form = NoticeForm()
    previous = last_notice(application_id)

    def run(case_id: UUID, **how: Any) -> None:
        request_correction(case_id, items=ticked_items(), **how)

    return step_page(
        application_id,
        "request_correction",
        form,
        run,
        _("The notice is given. The clock waits for the applicant."),
        steps=ANSWERED,
        previous=items_of(previous) if previous else (),
        ticked={item.key: item.explanation for item in ticked_items()},
    )


class NoticeForm(StepForm):
    """The items are the page's own fields, since they come from the rule set."""

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one item, and each with an explanation."""
        is_valid = super().validate(extra_validators)
        items = ticked_items()
        if not items:
            self.form_id.errors = [_("Tick at least one item.")]
            return False
        if any(not item.explanation.strip() for item in items):
            self.form_id.errors = [_("Say for each item what is wrong and how to mend it.")]
            return False
        return is_valid


def ticked_items() -> list[NoticeItem]:
    """The items of the notice as ticked: `item` = kind:code, `why:kind:code` = the explanation."""
    items = []
    for key in request.form.getlist("item"):
        kind, _separator, code = key.partition(":")
        if kind not in {member.value for member in CorrectionItemKind} or not code:
            raise InvalidInput("items", "unknown_item")
        items.append(NoticeItem(CorrectionItemKind(kind), code, request.form.get(f"why:{key}", "")))
    return items


@blueprint.route("/cases/<uuid:application_id>/recommendation", methods=["GET", "POST"])
@requires("cases.recommend")
def recommendation(application_id: UUID) -> Any:
    """A finding per criterion with the evidence beside it, and what is recommended."""
    form = RecommendForm()

    def run(case_id: UUID, **how: Any) -> None:
        recommend(
            case_id,
            is_positive=form.answer.data == "yes",
            reason=form.reason.data or "",
            findings=found(),
            **how,
        )

    return step_page(
        application_id,
        "recommend",
        form,
        run,
        _("First review finished. Another person decides."),
        found={finding.criterion_code: finding for finding in found()},
    )


def found() -> list[CriterionFinding]:
    """The findings as filled in: `finding:<criterion>` and `why:<criterion>`."""
    findings = []
    for name, value in request.form.items():
        prefix, separator, code = name.partition(":")
        if (
            prefix == "finding"
            and separator
            and value in {member.value for member in FindingOutcome}
        ):
            findings.append(
                CriterionFinding(code, FindingOutcome(value), request.form.get(f"why:{code}", ""))
            )
    return findings
