"""What the rules say of an application, as rows for the table of criteria (product.md A2, PIPL 24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from talentsvc.cards.applicant import holds_higher_card
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.freezing import employer_facts
from talentsvc.cards.models import Application
from talentsvc.cards.reviewing import newest_evaluation
from talentsvc.cards.rules.answer_facts import facts_from
from talentsvc.cards.rules.answers import Answers
from talentsvc.core.clock import local_date
from talentsvc.employers.models import Employer
from talentsvc.extensions.language import pick
from talentsvc.policy.labels import threshold_words, value_words
from talentsvc.policy.queries import rules_of
from talentsvc.policy.rules.evaluate import evaluate_category
from talentsvc.policy.rules.verdicts import CriterionVerdict, Evaluation
from talentsvc.policy.terms import Outcome


@dataclass(frozen=True)
class VerdictRow:
    """One criterion as the table shows it."""

    text: str
    clause: str
    value: str
    threshold: str
    result: str


@dataclass(frozen=True)
class Verdicts:
    """The answer of the rules to one application."""

    title: str
    is_example: bool
    outcome: str
    rows: tuple[VerdictRow, ...]


def stored_verdicts(application: Application) -> Verdicts | None:
    """The verdicts stored with the newest frozen copy; None before filing."""
    content = newest_evaluation(application.id)
    return _verdicts(Evaluation.from_json(content)) if content else None


def live_verdicts(
    application: Application,
    answers: Answers,
    employer: Employer | None,
    person_id: Any,
    at: datetime,
) -> Verdicts | None:
    """What the rules would say of a draft if it were filed now; None without a category."""
    if category_of(application) is None or application.category_code is None:
        return None
    facts = facts_from(
        answers, employer_facts(employer), holds_higher_card=holds_higher_card(person_id, at)
    )
    rules = rules_of(application.rule_set_id)
    return _verdicts(
        evaluate_category(rules, application.tier, application.category_code, facts, local_date(at))
    )


def _verdicts(evaluation: Evaluation) -> Verdicts:
    """Of alternatives only the nearest is shown, since one of them is enough."""
    nearest = {choice.code: choice.nearest_branch for choice in evaluation.choices}
    shown = [
        verdict
        for verdict in evaluation.verdicts
        if verdict.any_of is None or verdict.branch == nearest[verdict.any_of]
    ]
    return Verdicts(
        title=pick(evaluation.title_zh, evaluation.title_en),
        is_example=evaluation.is_example,
        outcome=evaluation.outcome.value,
        rows=tuple(_row(verdict) for verdict in shown),
    )


def _row(verdict: CriterionVerdict) -> VerdictRow:
    is_open = verdict.is_missing and verdict.outcome is Outcome.NEEDS_PERSON
    # Of a yes-or-no question the text and the finding say everything.
    is_plain = isinstance(verdict.value, bool)
    return VerdictRow(
        text=pick(verdict.text_zh, verdict.text_en),
        clause=pick(verdict.clause_zh, verdict.clause_en),
        value="" if is_plain else value_words(verdict.attribute, verdict.value),
        threshold=""
        if is_plain
        else threshold_words(verdict.attribute, verdict.operator.value, verdict.threshold),
        result="missing" if is_open else verdict.outcome.value,
    )
