"""Reading criteria: which operator may ask about which attribute, and what may stand together."""

from __future__ import annotations

from collections.abc import Mapping

from talentsvc.policy.rules.facts import ATTRIBUTES, Attribute, AttributeKind, from_plain
from talentsvc.policy.rules.reading import Reader, duplicates
from talentsvc.policy.rules.shapes import Category, Choice, Condition, Criterion, Threshold
from talentsvc.policy.terms import FILED_ON, Hardness, Operator

_COMPARE_CODES = frozenset({Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN})

#: Which operators make sense for which kind of attribute.
OPERATORS: Mapping[AttributeKind, frozenset[Operator]] = {
    AttributeKind.DATE: frozenset(
        {Operator.AGE_AT_MOST, Operator.ON_OR_AFTER, Operator.ON_OR_BEFORE}
    ),
    AttributeKind.ORDERED: _COMPARE_CODES | {Operator.AT_LEAST, Operator.AT_MOST},
    AttributeKind.CODE: _COMPARE_CODES,
    AttributeKind.TEXT: _COMPARE_CODES,
    AttributeKind.CODES: frozenset({Operator.HOLDS_ANY}),
    AttributeKind.FLAG: frozenset({Operator.IS_TRUE, Operator.IS_FALSE}),
    AttributeKind.NUMBER: frozenset({Operator.EQ, Operator.AT_LEAST, Operator.AT_MOST}),
}

_WITHOUT_VALUE = frozenset({Operator.IS_TRUE, Operator.IS_FALSE, Operator.DECIDED_BY_PERSON})
_SEVERAL_VALUES = frozenset({Operator.IN, Operator.NOT_IN, Operator.HOLDS_ANY})


def read_choices(reader: Reader) -> tuple[Choice, ...]:
    """The headings over alternatives, in the order stated."""
    choices = []
    for inner in reader.each("choices", may_be_empty=True):
        choices.append(Choice(inner.code("code"), *inner.both("text")))
        inner.done()
    return tuple(choices)


def read_criteria(reader: Reader) -> tuple[Criterion, ...]:
    """All criteria under an object, in the order stated."""
    return tuple(_read_criterion(inner) for inner in reader.each("criteria", may_be_empty=True))


def read_condition(reader: Reader) -> Condition:
    """Attribute, operator and value; what does not fit together is a problem."""
    operator = reader.one_of("operator", Operator)
    name = reader.optional_code("attribute")
    if operator is Operator.DECIDED_BY_PERSON or name is None:
        return _without_attribute(reader, operator, name)
    attribute = ATTRIBUTES.get(name)
    if attribute is None:
        reader.problem(f"unknown attribute {name!r}", "attribute")
        reader.raw("value")
        return Condition(None, operator)
    if operator not in OPERATORS[attribute.kind]:
        reader.problem(f"{operator} cannot ask about {name}", "operator")
        reader.raw("value")
        return Condition(name, operator)
    return Condition(name, operator, _read_threshold(reader, attribute, operator))


def check_criteria(reader: Reader, category: Category) -> None:
    """What a category's criteria must be to one another."""
    for code in duplicates(criterion.code for criterion in category.criteria):
        reader.problem(f"criterion {code} occurs twice", "criteria")
    for code in duplicates(choice.code for choice in category.choices):
        reader.problem(f"choice {code} occurs twice", "choices")
    if not category.criteria:
        reader.problem("a category without criteria would let everybody in", "criteria")
    _check_choices(reader, category)
    for branch, criteria in _by_branch(category).items():
        _check_branch(reader, branch, criteria)


def _read_criterion(reader: Reader) -> Criterion:
    clause_zh, clause_en = reader.both("clause")
    text_zh, text_en = reader.both("text")
    criterion = Criterion(
        code=reader.code("code"),
        condition=read_condition(reader),
        hardness=reader.one_of("hardness", Hardness),
        clause_zh=clause_zh,
        clause_en=clause_en,
        origin=reader.text("origin"),
        text_zh=text_zh,
        text_en=text_en,
        any_of=reader.optional_code("any_of"),
        branch=reader.optional_code("branch"),
    )
    reader.done()
    return criterion


def _without_attribute(reader: Reader, operator: Operator, name: str | None) -> Condition:
    if operator is not Operator.DECIDED_BY_PERSON:
        reader.problem("an attribute is needed", "attribute")
    elif name is not None:
        reader.problem("what a person decides reads no attribute", "attribute")
    if reader.has("value") and operator is Operator.DECIDED_BY_PERSON:
        reader.problem("what a person decides has no value", "value")
    return Condition(None, operator)


def _read_threshold(reader: Reader, attribute: Attribute, operator: Operator) -> Threshold:
    if operator in _WITHOUT_VALUE:
        if reader.has("value"):
            reader.problem(f"{operator} takes no value", "value")
        return None
    if operator is Operator.AGE_AT_MOST:
        return reader.number("value", least=1)
    plain = reader.raw("value")
    if plain == FILED_ON and attribute.kind is AttributeKind.DATE:
        return FILED_ON
    if operator in _SEVERAL_VALUES:
        return _read_several(reader, attribute, plain)
    return _read_single(reader, attribute, plain)


def _read_several(reader: Reader, attribute: Attribute, plain: object) -> Threshold:
    members = plain if isinstance(plain, list) else []
    if not members:
        reader.problem("a list with at least one member is needed", "value")
    # One by one, so that a list is compared with an attribute that holds a single code as well.
    found = [_read_single(reader, attribute, member) for member in members]
    return frozenset(member for member in found if member is not None)


def _read_single(reader: Reader, attribute: Attribute, plain: object) -> Threshold:
    is_set = attribute.kind is AttributeKind.CODES
    try:
        value = from_plain(attribute, [plain] if is_set else plain)
    except ValueError as error:
        reader.problem(str(error), "value")
        return None
    if isinstance(value, frozenset):
        return next(iter(value), None)
    if value is None:
        reader.problem("a value is needed", "value")
    return value


def _by_branch(category: Category) -> dict[tuple[str | None, str | None], list[Criterion]]:
    branches: dict[tuple[str | None, str | None], list[Criterion]] = {}
    for criterion in category.criteria:
        branches.setdefault((criterion.any_of, criterion.branch), []).append(criterion)
    return branches


def _check_choices(reader: Reader, category: Category) -> None:
    known = {choice.code for choice in category.choices}
    branches = [branch for branch in _by_branch(category) if branch != (None, None)]
    for any_of, branch in branches:
        if any_of is None or branch is None:
            reader.problem("any_of and branch are stated together", "criteria")
        elif any_of not in known:
            reader.problem(f"choice {any_of} is not described", "criteria")
    for code in sorted(known):
        if sum(1 for any_of, _branch in branches if any_of == code) < 2:
            reader.problem(f"choice {code} offers no choice", "choices")


def _check_branch(
    reader: Reader, branch: tuple[str | None, str | None], criteria: list[Criterion]
) -> None:
    """Within what must hold together: no overlap, and no level of studies without a diploma."""
    asked = [
        f"{criterion.attribute} {criterion.operator}"
        for criterion in criteria
        if criterion.attribute is not None
    ]
    for question in duplicates(asked):
        reader.problem(f"{question} is stated twice in {branch[1] or 'one category'}", "criteria")
    attributes = {criterion.attribute for criterion in criteria}
    if "education_level" in attributes and "degree_status" not in attributes:
        # 结业 and 肄业 have a level too, and are not graduates (facts.md 8b, 35).
        reader.problem("education_level needs degree_status beside it", "criteria")
