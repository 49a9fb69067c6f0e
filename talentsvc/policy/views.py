"""Public pages of the rules: can I apply?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from talentsvc.access.route import requires
from talentsvc.core.clock import local_date, now
from talentsvc.policy import labels
from talentsvc.policy.forms import PreCheckForm
from talentsvc.policy.prechecking import facts_of, words_in_place
from talentsvc.policy.queries import rule_set_in_force, rules_of
from talentsvc.policy.rules.evaluate import evaluate_all, missing_for
from talentsvc.policy.rules.shapes import RuleSet, TierRules
from talentsvc.policy.rules.verdicts import Evaluation

blueprint = Blueprint("policy", __name__)
# For every page that shows a verdict, here or in a case: `templates/policy/verdicts.html`.
blueprint.add_app_template_global(labels.value_words, "value_words")
blueprint.add_app_template_global(labels.threshold_words, "threshold_words")

#: Name of the button that asks for the answer; without it the questions are shown.
ASKED = "asked"


@dataclass(frozen=True)
class TierResult:
    """One tier with its categories, the nearest first."""

    rules: TierRules
    evaluations: list[Evaluation]


@blueprint.get("/precheck")
@requires("public")
def precheck() -> Any:
    """Questions, or the answer to those in the address: it writes nothing and may be passed on."""
    today = local_date(now())
    stored = rule_set_in_force(today)
    if stored is None:
        return render_template("policy/no_rules.html")
    rules = rules_of(stored.id)
    form = PreCheckForm(request.args, today)
    if ASKED not in request.args:
        return render_template("policy/precheck.html", form=form, rules=rules)
    if not form.validate():
        return render_template("policy/precheck.html", form=form, rules=rules), 422
    evaluations = evaluate_all(rules, facts_of(form.data, today), today)
    return render_template(
        "policy/result.html",
        rules=rules,
        labels=labels,
        nearest=evaluations[0],
        missing=missing_for(evaluations[0]),
        tiers=_by_tier(rules, evaluations),
        words=words_in_place(form.data, today),
        day=today,
        change_href=url_for(".precheck", **_answers()),
    )


def _by_tier(rules: RuleSet, evaluations: Sequence[Evaluation]) -> list[TierResult]:
    return [
        TierResult(tier, [found for found in evaluations if found.tier is tier.tier])
        for tier in rules.tiers
    ]


def _answers() -> dict[str, Any]:
    """The answers in the address, without the wish for a result."""
    return {name: values for name, values in request.args.lists() if name != ASKED}
