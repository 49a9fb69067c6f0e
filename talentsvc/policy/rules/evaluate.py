"""Judging facts by a rule set: per criterion met, not met, or for a person to say.

The result is stored as it was, with version, value, threshold and clause, and the same facts give
the same result again. It never decides by itself: rejection by machine alone may be contested
(PIPL art. 24, facts.md 8b 22).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from talentsvc.policy.rules.conditions import holds, observed, threshold_on
from talentsvc.policy.rules.facts import ApplicantFacts, to_plain
from talentsvc.policy.rules.shapes import Choice, Criterion, RuleSet
from talentsvc.policy.rules.verdicts import ChoiceVerdict, CriterionVerdict, Evaluation
from talentsvc.policy.terms import Hardness, Operator, Outcome, Tier

#: From the best to the worst; alternatives take the best, criteria together the worst.
_FROM_BEST = (Outcome.MET, Outcome.NEEDS_PERSON, Outcome.NOT_MET)


def evaluate_category(
    rule_set: RuleSet, tier: Tier, category_code: str, facts: ApplicantFacts, filed_on: date
) -> Evaluation:
    """Judge one category on the day of filing. KeyError if the rule set has no such category."""
    category = rule_set.category(tier, category_code)
    verdicts = tuple(_verdict(criterion, facts, filed_on) for criterion in category.criteria)
    choices = tuple(_choice_verdict(choice, verdicts) for choice in category.choices)
    return Evaluation(
        rule_set_code=rule_set.code,
        rule_set_version=rule_set.version,
        is_example=rule_set.is_example,
        tier=tier,
        category=category_code,
        title_zh=category.title_zh,
        title_en=category.title_en,
        needs_recognition=category.needs_recognition,
        filed_on=filed_on,
        verdicts=verdicts,
        choices=choices,
        outcome=_worst(
            [verdict.outcome for verdict in verdicts if verdict.any_of is None]
            + [choice.outcome for choice in choices]
        ),
    )


def evaluate_all(rule_set: RuleSet, facts: ApplicantFacts, on: date) -> list[Evaluation]:
    """Judge every category, the nearest route first: the fewest criteria failed, then the fewest
    left to a person; among equals the order of the rule set."""
    evaluations = [
        evaluate_category(rule_set, rules.tier, category.code, facts, on)
        for rules in rule_set.tiers
        for category in rules.categories
    ]
    return sorted(evaluations, key=lambda evaluation: _distance(missing_for(evaluation)))


def missing_for(evaluation: Evaluation) -> tuple[CriterionVerdict, ...]:
    """The criteria between these facts and a clear yes.

    Of alternatives, none of which holds, only the nearest one counts.
    """
    ways = {choice.code: choice for choice in evaluation.choices}
    return tuple(
        verdict
        for verdict in evaluation.verdicts
        if verdict.outcome is not Outcome.MET
        and (verdict.any_of is None or _is_in_the_way(verdict, ways[verdict.any_of]))
    )


def _is_in_the_way(verdict: CriterionVerdict, choice: ChoiceVerdict) -> bool:
    return choice.outcome is not Outcome.MET and verdict.branch == choice.nearest_branch


def _verdict(criterion: Criterion, facts: ApplicantFacts, filed_on: date) -> CriterionVerdict:
    condition = criterion.condition
    value = observed(condition, facts, filed_on)
    answer = holds(condition, facts, filed_on)
    return CriterionVerdict(
        code=criterion.code,
        attribute=criterion.attribute,
        operator=criterion.operator,
        value=to_plain(value),
        threshold=to_plain(threshold_on(condition, filed_on)),
        hardness=criterion.hardness,
        outcome=_outcome(criterion, answer),
        is_missing=value is None and criterion.operator is not Operator.DECIDED_BY_PERSON,
        clause_zh=criterion.clause_zh,
        clause_en=criterion.clause_en,
        origin=criterion.origin,
        text_zh=criterion.text_zh,
        text_en=criterion.text_en,
        any_of=criterion.any_of,
        branch=criterion.branch,
    )


def _outcome(criterion: Criterion, answer: bool | None) -> Outcome:
    if answer is None:
        return Outcome.NEEDS_PERSON
    if answer:
        return Outcome.MET
    return Outcome.NEEDS_PERSON if criterion.hardness is Hardness.SOFT else Outcome.NOT_MET


def _choice_verdict(choice: Choice, verdicts: Sequence[CriterionVerdict]) -> ChoiceVerdict:
    branches: dict[str, list[CriterionVerdict]] = {}
    for verdict in verdicts:
        if verdict.any_of == choice.code:
            branches.setdefault(str(verdict.branch), []).append(verdict)
    # `min` takes the first of equals, so the order of the rule set decides and nothing else.
    nearest = min(branches, key=lambda branch: _distance(branches[branch]))
    return ChoiceVerdict(
        code=choice.code,
        outcome=_worst([verdict.outcome for verdict in branches[nearest]]),
        nearest_branch=nearest,
        text_zh=choice.text_zh,
        text_en=choice.text_en,
    )


def _worst(outcomes: Iterable[Outcome]) -> Outcome:
    return max(outcomes, key=_FROM_BEST.index)


def _distance(verdicts: Iterable[CriterionVerdict]) -> tuple[int, int]:
    outcomes = [verdict.outcome for verdict in verdicts]
    return outcomes.count(Outcome.NOT_MET), outcomes.count(Outcome.NEEDS_PERSON)
