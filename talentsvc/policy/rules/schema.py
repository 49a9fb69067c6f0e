"""From the JSON of a rule set to its parts, refusing everything that could judge by accident.

Layout: head (code, version, titles, dates), `parameters`, `evidence_items` (each paper once), and
`tiers`; a tier's own `criteria`, `choices` and `evidence` hold for all its categories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from talentsvc.core.canonical import digest
from talentsvc.policy.rules.criteria import check_criteria, read_choices, read_criteria
from talentsvc.policy.rules.papers import Paper, read_need, read_papers
from talentsvc.policy.rules.parameters import read_parameters
from talentsvc.policy.rules.reading import InvalidRuleSet, Reader, duplicates
from talentsvc.policy.rules.shapes import (
    Category,
    Choice,
    Criterion,
    EvidenceItem,
    Parameters,
    RuleSet,
    TierRules,
)
from talentsvc.policy.terms import PLEDGE_PARAMETERS, Decider, EvidenceNeed, ParameterName, Tier

__all__ = ["InvalidRuleSet", "content_digest", "load_rule_set"]


@dataclass(frozen=True)
class _Shared:
    """What every category of a tier takes over."""

    papers: Mapping[str, Paper]
    choices: tuple[Choice, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()


def load_rule_set(content: Mapping[str, object]) -> RuleSet:
    """Read a rule set. Raises InvalidRuleSet with every problem found, each with its path."""
    problems: list[str] = []
    reader = Reader(content, "", problems)
    rule_set = _read_head(reader, content)
    reader.done()
    if problems:
        raise InvalidRuleSet(problems)
    return rule_set


def content_digest(content: Mapping[str, object]) -> str:
    """SHA-256 of the canonical JSON, in hex: two rule sets with one digest say the same."""
    return digest(content).hex()


def _read_head(reader: Reader, content: Mapping[str, object]) -> RuleSet:
    title_zh, title_en = reader.both("title")
    effective_from = reader.day("effective_from")
    effective_until = reader.optional_day("effective_until")
    if effective_until is not None and effective_until < effective_from:
        reader.problem("ends before it begins", "effective_until")
    parameters = read_parameters(reader.inner("parameters"))
    papers = read_papers(reader, _image_retention(parameters))
    _check_pledges(reader, papers, parameters)
    return RuleSet(
        code=reader.code("code"),
        version=reader.number("version", least=1),
        is_example=reader.flag("is_example"),
        title_zh=title_zh,
        title_en=title_en,
        effective_from=effective_from,
        effective_until=effective_until,
        tiers=_read_tiers(reader, papers),
        parameters=parameters,
        content_digest=_digest(reader, content),
    )


def _check_pledges(reader: Reader, papers: Mapping[str, Paper], parameters: Parameters) -> None:
    """A pledge has a due date and is recalled before it: whoever allows one says both."""
    if not any(paper.pledge_origin for paper in papers.values()):
        return
    stated = {parameter.name for parameter in parameters}
    for name in sorted(PLEDGE_PARAMETERS - stated):
        reader.problem("a paper may be pledged, so this parameter is needed", f"parameters.{name}")


def _digest(reader: Reader, content: Mapping[str, object]) -> str:
    try:
        return content_digest(content)
    except TypeError as error:
        reader.problem(f"has no canonical form: {error}")
        return ""


def _image_retention(parameters: Parameters) -> int | None:
    stated = {parameter.name: parameter.value for parameter in parameters}
    days = stated.get(ParameterName.SENSITIVE_IMAGE_RETENTION_DAYS)
    return days if isinstance(days, int) else None


def _read_tiers(reader: Reader, papers: Mapping[str, Paper]) -> tuple[TierRules, ...]:
    tiers = tuple(_read_tier(inner, papers) for inner in reader.each("tiers"))
    for code in duplicates(rules.tier for rules in tiers):
        reader.problem(f"tier {code} occurs twice", "tiers")
    for code in duplicates(category.code for rules in tiers for category in rules.categories):
        reader.problem(f"category {code} occurs twice", "tiers")
    return tiers


def _read_tier(reader: Reader, papers: Mapping[str, Paper]) -> TierRules:
    shared = _Shared(
        papers=papers,
        choices=read_choices(reader),
        criteria=read_criteria(reader),
        evidence=_read_needs(reader, papers),
    )
    title_zh, title_en = reader.both("title")
    rules = TierRules(
        tier=reader.one_of("tier", Tier),
        decided_by=reader.one_of("decided_by", Decider),
        title_zh=title_zh,
        title_en=title_en,
        categories=tuple(_read_category(inner, shared) for inner in reader.each("categories")),
    )
    reader.done()
    return rules


def _read_category(reader: Reader, shared: _Shared) -> Category:
    title_zh, title_en = reader.both("title")
    category = Category(
        code=reader.code("code"),
        title_zh=title_zh,
        title_en=title_en,
        needs_recognition=reader.flag("needs_recognition"),
        choices=read_choices(reader) + shared.choices,
        criteria=read_criteria(reader) + shared.criteria,
        evidence=shared.evidence + _read_needs(reader, shared.papers),
    )
    reader.done()
    check_criteria(reader, category)
    _check_evidence(reader, category)
    return category


def _read_needs(reader: Reader, papers: Mapping[str, Paper]) -> tuple[EvidenceItem, ...]:
    needs = (read_need(inner, papers) for inner in reader.each("evidence", may_be_empty=True))
    return tuple(item for item in needs if item is not None)


def _check_evidence(reader: Reader, category: Category) -> None:
    for code in duplicates(item.code for item in category.evidence):
        reader.problem(f"evidence {code} is asked for twice", "evidence")
    groups = [item.group for item in category.evidence if item.need is EvidenceNeed.ONE_OF]
    twice = set(duplicates(str(group) for group in groups))
    for group in sorted({str(group) for group in groups} - twice):
        reader.problem(f"group {group} offers no choice", "evidence")
