"""The answers of an application: steps, what each must hold, and the facts that the rules read.

Answers are plain values as a draft stores them: step → field → text, flag or list. A draft is saved
as typed, so any value may be of the wrong kind: `answer_checks` says what is wrong, and here what is
wrong stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from talentsvc.core.errors import InvalidInput
from talentsvc.core.identity_numbers import DocumentKind, IdentityNumber, check_identity_number
from talentsvc.policy.rules.facts import ATTRIBUTES, from_plain
from talentsvc.policy.rules.shapes import Category

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
    Step.WORK: (
        "employer_id",
        "job_title",
        "employment_start_on",
        "is_founder",
        "is_dispatched",
        "is_insured_in_zone",
    ),
}

#: Further fields that are needed once there is a degree at all.
REQUIRED_WITH_DEGREE = (
    "degree_status",
    "study_mode",
    "graduated_on",
    "school_name",
    "graduation_country",
)
#: Asked for where the employer on paper is not the place of work (facts.md 8b, 28).
REQUIRED_WHEN_DISPATCHED = ("using_unit", "is_using_unit_in_zone")

#: A level that nobody chose, or the choice "none of these".
_NOTHING = (None, "", "none")

#: Everything an answered step holds; whatever else a form carries is not part of the application.
FIELDS: Mapping[Step, tuple[str, ...]] = {
    Step.CATEGORY: ("category_code",),
    Step.IDENTITY: (
        "name",
        "name_latin",
        "nationality",
        "document_kind",
        "document_number",
        "document_valid_until",
        "sex",
        "birth_on",
        "phone",
    ),
    Step.EDUCATION: ("education_level", *REQUIRED_WITH_DEGREE),
    Step.WORK: (
        "employer_id",
        "job_title",
        "employment_start_on",
        "is_founder",
        "contract_start_on",
        "is_contract_open_ended",
        "contract_end_on",
        "is_dispatched",
        *REQUIRED_WHEN_DISPATCHED,
        "is_insured_in_zone",
        "came_from_outside_city",
        "title_level",
        "title_issued_on",
        "skill_level",
        "skill_issued_on",
        "is_scarce_trade",
        "special_skill_claimed",
    ),
}


@dataclass(frozen=True)
class Gap:
    """Something that is missing before the form can be filed."""

    step: Step
    field: str


def gaps_in(answers: Answers) -> tuple[Gap, ...]:
    """Every required answer that is missing, in the order of the form."""
    return tuple(
        Gap(step, name) for step in ANSWERED for name in gaps_of(step, answers.get(step, {}))
    )


def gaps_of(step: Step, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The required fields of one step that are blank."""
    needed = [*REQUIRED.get(step, ())]
    if step is Step.IDENTITY and needs_birth_date(values):
        needed.append("birth_on")
    if step is Step.EDUCATION and has_degree(values):
        needed += REQUIRED_WITH_DEGREE
    if step is Step.WORK:
        needed += _further_work_fields(values)
    return tuple(name for name in needed if is_blank(values.get(name)))


def _further_work_fields(values: Mapping[str, Any]) -> list[str]:
    needed: list[str] = []
    # Whoever founded the company need not have a contract with it (facts.md 8.5, proof of founding).
    if values.get("is_founder") is not True:
        needed.append("contract_start_on")
        if not values.get("is_contract_open_ended"):
            needed.append("contract_end_on")
    if values.get("is_dispatched") is True:
        needed += REQUIRED_WHEN_DISPATCHED
    needed += [
        f"{kind}_issued_on"
        for kind in ("title", "skill")
        if values.get(f"{kind}_level") not in _NOTHING
    ]
    return needed


def applicable(step: Step, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without those that another answer has made pointless, such as a school without a degree."""
    pointless: set[str] = set()
    if step is Step.EDUCATION and not has_degree(values):
        pointless |= set(REQUIRED_WITH_DEGREE)
    if step is Step.IDENTITY and not needs_birth_date(values):
        pointless |= {"birth_on", "sex"}
    if step is Step.WORK:
        pointless |= _pointless_work_fields(values)
    return {
        name: values[name]
        for name in FIELDS.get(step, ())
        if name in values and name not in pointless
    }


def _pointless_work_fields(values: Mapping[str, Any]) -> set[str]:
    pointless: set[str] = set()
    if values.get("is_contract_open_ended"):
        pointless.add("contract_end_on")
    if values.get("is_dispatched") is not True:
        pointless |= set(REQUIRED_WHEN_DISPATCHED)
    if values.get("title_level") in _NOTHING:
        pointless.add("title_issued_on")
    if values.get("skill_level") in _NOTHING:
        pointless |= {"skill_issued_on", "is_scarce_trade"}
    return pointless


def to_file(answers: Answers) -> dict[str, dict[str, Any]]:
    """The answers as they are filed: only what belongs to the form and still has a point."""
    return {step.value: applicable(step, answers.get(step, {})) for step in ANSWERED}


def has_degree(education: Mapping[str, Any]) -> bool:
    """Whether a level of studies was named at all."""
    return education.get("education_level") not in _NOTHING


def known_number(identity: Mapping[str, Any]) -> IdentityNumber | None:
    """The document number, if it is a possible one; what it says of the person is then proved."""
    kind, number = identity.get("document_kind"), identity.get("document_number")
    if kind not in set(DocumentKind) or not isinstance(number, str):
        return None
    try:
        # Whether a birth lies in the future is a question for the day of filing, not for here.
        return check_identity_number(DocumentKind(str(kind)), number, on=date.max)
    except InvalidInput:
        return None


#: Numbers that hold no birth date.
_SILENT_KINDS = frozenset(
    {
        DocumentKind.PASSPORT,
        DocumentKind.HK_MACAO_TRAVEL_PERMIT,
        DocumentKind.TAIWAN_TRAVEL_PERMIT,
        DocumentKind.FOREIGN_PERMANENT_2017,
    }
)


def needs_birth_date(identity: Mapping[str, Any]) -> bool:
    """Whether the birth date must be asked for, because this kind of number does not hold it."""
    return identity.get("document_kind") in _SILENT_KINDS


def changed_steps(before: Answers, after: Answers) -> tuple[Step, ...]:
    """Steps whose answers differ, for holding a correction to what was asked."""
    return tuple(
        step for step in ANSWERED if dict(before.get(step, {})) != dict(after.get(step, {}))
    )


def attributes_asked(category: Category) -> frozenset[str]:
    """What the rules of a category read of a person: nothing else is asked for (PIPL 6)."""
    conditions = [criterion.condition for criterion in category.criteria]
    for item in category.evidence:
        conditions += [one for one in (item.when, item.unless) if one is not None]
    return frozenset(one.attribute for one in conditions if one.attribute is not None)


def is_blank(value: object) -> bool:
    """Whether nothing was filled in; False and 0 are answers."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def is_of_kind(attribute: str, value: object) -> bool:
    """Whether a plain value is one that the rules can read as this attribute."""
    try:
        from_plain(ATTRIBUTES[attribute], value)
    except (ValueError, TypeError):
        return False
    return True
