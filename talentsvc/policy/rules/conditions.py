"""Answering one condition: yes, no, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from talentsvc.policy.rules.facts import ApplicantFacts, FactValue
from talentsvc.policy.rules.shapes import Condition, Threshold
from talentsvc.policy.terms import FILED_ON, Operator, OrderedTerm


def age_on(birth_on: date, day: date) -> int:
    """Completed years of life on a day; whoever was born on 29 February completes one on 1 March."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


def observed(condition: Condition, facts: ApplicantFacts, filed_on: date) -> FactValue:
    """What is compared: the attribute's value, or the age on the day of filing. None is unknown."""
    if condition.attribute is None:
        return None
    value = facts.value_of(condition.attribute)
    if condition.operator is Operator.AGE_AT_MOST and isinstance(value, date):
        return age_on(value, filed_on)
    return value


def threshold_on(condition: Condition, filed_on: date) -> Threshold:
    """What it is compared with, the day of filing put in where the rule says so."""
    return filed_on if condition.value == FILED_ON else condition.value


def holds(condition: Condition, facts: ApplicantFacts, filed_on: date) -> bool | None:
    """Whether a condition holds on the day of filing; None if it is unknown or a person's to say."""
    value = observed(condition, facts, filed_on)
    if value is None or condition.operator is Operator.DECIDED_BY_PERSON:
        return None
    return _TESTS[condition.operator](value, threshold_on(condition, filed_on))


def _comparable(value: Any) -> Any:
    return value.rank if isinstance(value, OrderedTerm) else value


#: (value, threshold) → whether the condition holds; both are known and of the attribute's kind.
_TESTS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: lambda value, wanted: bool(value == wanted),
    Operator.NE: lambda value, wanted: bool(value != wanted),
    Operator.IN: lambda value, wanted: value in wanted,
    Operator.NOT_IN: lambda value, wanted: value not in wanted,
    Operator.AT_LEAST: lambda value, wanted: bool(_comparable(value) >= _comparable(wanted)),
    Operator.AT_MOST: lambda value, wanted: bool(_comparable(value) <= _comparable(wanted)),
    Operator.AGE_AT_MOST: lambda value, wanted: bool(value <= wanted),
    Operator.ON_OR_AFTER: lambda value, wanted: bool(value >= wanted),
    Operator.ON_OR_BEFORE: lambda value, wanted: bool(value <= wanted),
    Operator.IS_TRUE: lambda value, _nothing: value is True,
    Operator.IS_FALSE: lambda value, _nothing: value is False,
    Operator.HOLDS_ANY: lambda value, wanted: bool(value & wanted),
}
