"""The answers of an application: steps, what each must hold, and the facts that the rules read.

Answers are plain values as a draft stores them: step → field → text, number, flag or list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from talentsvc.policy.rules.facts import ApplicantFacts

#: step → field → plain value.
Answers: TypeAlias = Mapping[str, Mapping[str, Any]]


class Step(StrEnum):
    """The pages of the form, in order; evidence and check hold no answers of their own."""

    CATEGORY = "category"
    IDENTITY = "identity"
    EDUCATION = "education"
    WORK = "work"
    EVIDENCE = "evidence"
    CHECK = "check"


#: Steps whose answers are stored.
ANSWERED = (Step.CATEGORY, Step.IDENTITY, Step.EDUCATION, Step.WORK)

#: What must be filled in before the form can be filed; the forms check the shape of each value.
REQUIRED: Mapping[Step, tuple[str, ...]] = {
    Step.CATEGORY: ("category_code",),
    Step.IDENTITY: ("name", "nationality", "document_kind", "document_number", "phone"),
    Step.EDUCATION: ("education_level",),
    Step.WORK: ("employer_id", "job_title", "contract_start_on", "employment_start_on"),
}

#: Further fields that are needed once there is a degree at all.
REQUIRED_WITH_DEGREE = ("degree_status", "study_mode", "graduated_on", "school_name", "graduation_country")

_EDUCATION_FACTS = (
    "education_level",
    "degree_status",
    "study_mode",
    "graduated_on",
    "graduation_country",
    "school_name",
    "listings",
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


@dataclass(frozen=True)
class Gap:
    """Something that is missing before the form can be filed."""

    step: Step
    field: str


def gaps_in(answers: Answers) -> tuple[Gap, ...]:
    """Every required answer that is missing, in the order of the form."""
    gaps = [
        Gap(step, name)
        for step in ANSWERED
        for name in REQUIRED[step]
        if is_blank(answers.get(step, {}).get(name))
    ]
    education = answers.get(Step.EDUCATION, {})
    if education.get("education_level") not in (None, "", "none"):
        gaps += [Gap(Step.EDUCATION, name) for name in REQUIRED_WITH_DEGREE if is_blank(education.get(name))]
    work = answers.get(Step.WORK, {})
    if not work.get("is_contract_open_ended") and is_blank(work.get("contract_end_on")):
        gaps.append(Gap(Step.WORK, "contract_end_on"))
    if work.get("is_dispatched") and is_blank(work.get("using_unit")):
        gaps.append(Gap(Step.WORK, "using_unit"))
    order = {step: position for position, step in enumerate(Step)}
    return tuple(sorted(gaps, key=lambda gap: order[gap.step]))


def facts_from(answers: Answers, employer: EmployerFacts | None, *, holds_higher_card: bool | None) -> ApplicantFacts:
    """What the rules may read of these answers; whatever is not filled in stays unknown.

    Errors: ValueError for a value that is not of its kind, which the forms never let through.
    """
    plain: dict[str, Any] = {}
    _take(plain, answers.get(Step.EDUCATION, {}), _EDUCATION_FACTS)
    _take(plain, answers.get(Step.WORK, {}), _WORK_FACTS)
    identity = answers.get(Step.IDENTITY, {})
    _take(plain, identity, ("birth_on",))
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
    if not is_blank(identity.get("document_kind")):
        plain["is_document_two_sided"] = identity["document_kind"] != "passport"
    return ApplicantFacts.from_json(plain)


def contract_months(start: str | None, end: str | None) -> int | None:
    """Whole months from the first to the last day of a contract, both included; None when open."""
    if is_blank(start) or is_blank(end) or start is None or end is None:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    # A contract from the 1st to the last day of a month is whole, though its days differ.
    return max(months + (1 if _is_day_before(first, last) else 0) - (1 if last.day < first.day - 1 else 0), 0)


def changed_steps(before: Answers, after: Answers) -> tuple[Step, ...]:
    """Steps whose answers differ, for holding a correction to what was asked."""
    return tuple(step for step in ANSWERED if dict(before.get(step, {})) != dict(after.get(step, {})))


def is_blank(value: object) -> bool:
    """Whether nothing was filled in; False and 0 are answers."""
    return value is None or value == "" or value == []


def _take(target: dict[str, Any], source: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        value = source.get(name)
        if not is_blank(value):
            target[name] = value


def _is_day_before(first: date, last: date) -> bool:
    """Whether the last day is the day before the first one's date in some later month."""
    return last.day == first.day - 1 or (first.day == 1 and (last.month != _tomorrow(last).month))


def _tomorrow(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
