"""The parts of a rule set, once it has been read and found sound.

A rule set is dated data. Nothing here decides; `evaluate` and `evidence` do. Texts come in
Chinese and English, because both are needed to activate (decisions.md, Language and lint).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from talentsvc.policy.terms import (
    AcceptedFile,
    Decider,
    EvidenceNeed,
    EvidenceSource,
    Hardness,
    Operator,
    ParameterName,
    Tier,
    Unit,
)

#: What an attribute is compared with: a code, a number, a day, several codes, or nothing.
Threshold: TypeAlias = "str | int | date | frozenset[Any] | None"


@dataclass(frozen=True)
class Condition:
    """One question about one attribute. `attribute` is None only for what a person decides."""

    attribute: str | None
    operator: Operator
    value: Threshold = None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One test of a category, with the clause it comes from and the origin of its value.

    Criteria that name the same choice (`any_of`) are alternatives: the choice is met when all
    criteria of one `branch` are met. Criteria without a choice must all be met.
    """

    code: str
    condition: Condition
    hardness: Hardness
    clause_zh: str
    clause_en: str
    origin: str
    text_zh: str
    text_en: str
    any_of: str | None = None
    branch: str | None = None

    @property
    def attribute(self) -> str | None:
        """What is asked about; None if a person decides."""
        return self.condition.attribute

    @property
    def operator(self) -> Operator:
        """How it is compared."""
        return self.condition.operator

    @property
    def value(self) -> Threshold:
        """What it is compared with."""
        return self.condition.value


@dataclass(frozen=True)
class Choice:
    """A heading over alternatives: "any one of these is enough"."""

    code: str
    text_zh: str
    text_en: str


@dataclass(frozen=True, kw_only=True)
class EvidenceItem:
    """A paper that proves a fact (facts.md 8.5).

    `group` joins items of which one is enough. The need stands only `when` a condition is known to
    hold (a special circumstance that was not claimed asks for nothing) and `unless` another is;
    else the item is optional. `retention_days` counts from the end of the case and its remedies,
    None means as long as the case; sensitive images go early (facts.md 8b, 18). `pledge_origin` says
    why a written pledge may stand in place of this paper for a while, None where none may.
    """

    code: str
    need: EvidenceNeed
    source: EvidenceSource
    is_sensitive: bool
    retention_days: int | None
    accepts: tuple[AcceptedFile, ...]
    max_files: int
    text_zh: str
    text_en: str
    hint_zh: str
    hint_en: str
    group: str | None = None
    when: Condition | None = None
    unless: Condition | None = None
    pledge_origin: str | None = None

    @property
    def may_be_pledged(self) -> bool:
        """Whether a written pledge with a due date may stand in its place (容缺受理)."""
        return self.pledge_origin is not None


@dataclass(frozen=True, kw_only=True)
class Category:
    """One way to qualify for a tier; its code never changes meaning (facts.md 8b, 6).

    `needs_recognition`: the talent office or leading group decides case by case before anybody
    decides the application.
    """

    code: str
    title_zh: str
    title_en: str
    needs_recognition: bool
    choices: tuple[Choice, ...]
    criteria: tuple[Criterion, ...]
    evidence: tuple[EvidenceItem, ...]


@dataclass(frozen=True, kw_only=True)
class TierRules:
    """All categories of one tier and whose decision it is."""

    tier: Tier
    decided_by: Decider
    title_zh: str
    title_en: str
    categories: tuple[Category, ...]

    def category(self, code: str) -> Category:
        """The category with this code; KeyError if the tier has none."""
        return {category.code: category for category in self.categories}[code]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A number, switch or unit the case clock runs on, with where its value comes from."""

    name: ParameterName
    value: int | bool | str | tuple[int, ...]
    unit: Unit
    origin: str
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class Parameters:
    """The parameters of one rule set; each getter refuses a parameter of another kind."""

    stated: tuple[Parameter, ...]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.stated)

    def __getitem__(self, name: ParameterName) -> Parameter:
        return next(parameter for parameter in self.stated if parameter.name is name)

    def number(self, name: ParameterName) -> int:
        """A whole number of the parameter's unit."""
        value = self[name].value
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} is not a number")
        return value

    def numbers(self, name: ParameterName) -> tuple[int, ...]:
        """Several whole numbers, in the order stated."""
        value = self[name].value
        if not isinstance(value, tuple):
            raise TypeError(f"{name} is not a list of numbers")
        return value

    def is_on(self, name: ParameterName) -> bool:
        """Whether a switch is on."""
        value = self[name].value
        if not isinstance(value, bool):
            raise TypeError(f"{name} is not a switch")
        return value

    @property
    def notice_unit(self) -> Unit:
        """What the length of the public notice counts; both units occur (facts.md 8b, 9)."""
        return Unit(str(self[ParameterName.NOTICE_UNIT].value))


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """A whole policy as data, in force from a day on; past decisions keep theirs.

    `is_example` marks invented policy (示例政策): every verdict and card page must say so.
    `effective_until` is the last day, None while open.
    """

    code: str
    version: int
    is_example: bool
    title_zh: str
    title_en: str
    effective_from: date
    effective_until: date | None
    tiers: tuple[TierRules, ...]
    parameters: Parameters
    content_digest: str

    def tier(self, tier: Tier) -> TierRules:
        """The rules of one tier; KeyError if the set says nothing about it."""
        return {rules.tier: rules for rules in self.tiers}[tier]

    def category(self, tier: Tier, code: str) -> Category:
        """One category of one tier; KeyError if there is none."""
        return self.tier(tier).category(code)

    def is_effective_on(self, day: date) -> bool:
        """Whether applications filed on this day are judged by this set."""
        return self.effective_from <= day and (
            self.effective_until is None or day <= self.effective_until
        )
