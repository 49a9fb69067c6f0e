"""What the rules said, in a form that is stored for good and read back the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from talentsvc.policy.rules.facts import Plain
from talentsvc.policy.terms import Hardness, Operator, Outcome, Tier


@dataclass(frozen=True, kw_only=True)
class CriterionVerdict:
    """One criterion, judged. `value` is what was found, as stored in JSON; an age, not a birth date.

    `is_missing`: the value is unknown, so whoever asks can still supply it.
    """

    code: str
    attribute: str | None
    operator: Operator
    value: Plain
    threshold: Plain
    hardness: Hardness
    outcome: Outcome
    is_missing: bool
    clause_zh: str
    clause_en: str
    origin: str
    text_zh: str
    text_en: str
    any_of: str | None
    branch: str | None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> CriterionVerdict:
        """The reverse of `Evaluation.to_json` for one criterion."""
        codes = {
            "operator": Operator(stored["operator"]),
            "hardness": Hardness(stored["hardness"]),
            "outcome": Outcome(stored["outcome"]),
        }
        return cls(**{**stored, **codes})


@dataclass(frozen=True, kw_only=True)
class ChoiceVerdict:
    """Alternatives, judged: the outcome of the best of them, `nearest_branch`."""

    code: str
    outcome: Outcome
    nearest_branch: str
    text_zh: str
    text_en: str

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ChoiceVerdict:
        """The reverse of `Evaluation.to_json` for one choice."""
        return cls(**{**stored, "outcome": Outcome(stored["outcome"])})


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """One category, judged on the day of filing by one version of a rule set."""

    rule_set_code: str
    rule_set_version: int
    is_example: bool
    tier: Tier
    category: str
    title_zh: str
    title_en: str
    needs_recognition: bool
    filed_on: date
    verdicts: tuple[CriterionVerdict, ...]
    choices: tuple[ChoiceVerdict, ...]
    outcome: Outcome

    def to_json(self) -> dict[str, Any]:
        """Plain JSON with ASCII keys, equal for equal evaluations."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            **plain,
            "tier": self.tier.value,
            "filed_on": self.filed_on.isoformat(),
            "outcome": self.outcome.value,
            "verdicts": [_plain(verdict) for verdict in self.verdicts],
            "choices": [_plain(choice) for choice in self.choices],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Evaluation:
        """The reverse of `to_json`."""
        return cls(
            **{
                **stored,
                "tier": Tier(stored["tier"]),
                "filed_on": date.fromisoformat(stored["filed_on"]),
                "outcome": Outcome(stored["outcome"]),
                "verdicts": tuple(CriterionVerdict.from_json(one) for one in stored["verdicts"]),
                "choices": tuple(ChoiceVerdict.from_json(one) for one in stored["choices"]),
            }
        )


def _plain(judged: CriterionVerdict | ChoiceVerdict) -> dict[str, Any]:
    values = ((field.name, getattr(judged, field.name)) for field in fields(judged))
    return {name: str(value) if _is_code(value) else value for name, value in values}


def _is_code(value: object) -> bool:
    return isinstance(value, Operator | Hardness | Outcome)
