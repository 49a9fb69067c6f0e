"""What the rules may read of the answers: plain values in, facts out, and nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from talentsvc.cards.rules.answers import (
    Answers,
    Step,
    applicable,
    is_blank,
    is_of_kind,
    known_number,
)
from talentsvc.core.identity_numbers import DocumentKind
from talentsvc.policy.rules.facts import ApplicantFacts

_EDUCATION_FACTS = (
    "education_level",
    "degree_status",
    "study_mode",
    "graduated_on",
    "graduation_country",
    "school_name",
)
_WORK_FACTS = (
    "title_level",
    "title_issued_on",
    "skill_level",
    "skill_issued_on",
    "is_scarce_trade",
    "special_skill_claimed",
    "is_dispatched",
    "is_using_unit_in_zone",
    "contract_start_on",
    "contract_end_on",
    "is_contract_open_ended",
    "employment_start_on",
    "is_founder",
    "is_insured_in_zone",
    "came_from_outside_city",
)


@dataclass(frozen=True)
class EmployerFacts:
    """What the desk has verified of the employer, as the rules read it."""

    employer_type: str
    employer_level: str
    is_registered_in_zone: bool
    is_taxed_in_zone: bool


def facts_from(
    answers: Answers, employer: EmployerFacts | None, *, holds_higher_card: bool | None
) -> ApplicantFacts:
    """What the rules may read of these answers; what is not filled in, or not of its kind, stays unknown."""
    plain: dict[str, Any] = {}
    _take(plain, applicable(Step.EDUCATION, answers.get(Step.EDUCATION, {})), _EDUCATION_FACTS)
    _take(plain, applicable(Step.WORK, answers.get(Step.WORK, {})), _WORK_FACTS)
    plain |= _identity_facts(answers.get(Step.IDENTITY, {}))
    if employer is not None:
        plain |= {
            "employer_type": employer.employer_type,
            "employer_level": employer.employer_level,
            "is_registered_in_zone": employer.is_registered_in_zone,
            "is_taxed_in_zone": employer.is_taxed_in_zone,
        }
    if holds_higher_card is not None:
        plain["holds_higher_card"] = holds_higher_card
    months = contract_months(plain.get("contract_start_on"), plain.get("contract_end_on"))
    if months is not None:
        plain["contract_months"] = months
    return ApplicantFacts.from_json(plain)


def _identity_facts(identity: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    number = known_number(identity)
    if number is not None and number.birth_on is not None:
        plain["birth_on"] = number.birth_on.isoformat()
    else:
        _take(plain, identity, ("birth_on",))
    if identity.get("document_kind") in set(DocumentKind):
        plain["is_document_two_sided"] = identity["document_kind"] != DocumentKind.PASSPORT
    return plain


def contract_months(start: str | None, end: str | None) -> int | None:
    """Whole months from the first to the last day of a contract, both included; None when open.

    2026-01-01 to 2026-12-31 are 12 months, and so are 2026-03-15 to 2027-03-14.
    """
    if not start or not end:
        return None
    first, after = date.fromisoformat(start), _tomorrow(date.fromisoformat(end))
    months = (after.year - first.year) * 12 + after.month - first.month
    # The 31st counts as reached on the last day of a shorter month.
    is_short = after.day < first.day and _tomorrow(after).month == after.month
    return max(months - is_short, 0)


def _take(target: dict[str, Any], source: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        value = source.get(name)
        if not is_blank(value) and is_of_kind(name, value):
            target[name] = value


def _tomorrow(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
