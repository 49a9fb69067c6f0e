"""Words for the answers of an application: what was asked, and what a stored value means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.cards.countries import country_name, place_name
from talentsvc.cards.rules.answers import Answers, Step, applicable, is_blank, is_of_kind
from talentsvc.core.masking import mask_number, mask_phone
from talentsvc.extensions.language import day_in_prose, pick
from talentsvc.people.labels import DOCUMENT_KINDS, SEXES
from talentsvc.policy.labels import value_words
from talentsvc.policy.rules.facts import ATTRIBUTES
from talentsvc.policy.rules.shapes import Category

#: What a check list, a frozen copy and a desk call each answer.
FIELD_WORDS: Mapping[str, Any] = {
    "category_code": _l("Category"),
    "name": _l("Name"),
    "name_latin": _l("Name in Latin letters"),
    "nationality": _l("Nationality"),
    "document_kind": _l("Kind of document"),
    "document_number": _l("Number of the document"),
    "document_valid_until": _l("Document valid until"),
    "sex": _l("Sex"),
    "birth_on": _l("Date of birth"),
    "phone": _l("Mobile number"),
    "education_level": _l("Highest education"),
    "degree_status": _l("How the studies ended"),
    "study_mode": _l("Way of studying"),
    "graduated_on": _l("Date of the diploma"),
    "school_name": _l("School"),
    "graduation_country": _l("Where the school is"),
    "employer_id": _l("Employer"),
    "job_title": _l("Position"),
    "employment_start_on": _l("First day of work there"),
    "contract_start_on": _l("Contract from"),
    "contract_end_on": _l("Contract until"),
    "is_contract_open_ended": _l("Contract without an end date"),
    "is_dispatched": _l("Sent by a labour dispatch company"),
    "using_unit": _l("Where you really work"),
    "is_using_unit_in_zone": _l("That unit is in the zone"),
    "is_founder": _l("Owner or founder of the employer"),
    "is_insured_in_zone": _l("Pension insurance is paid in the zone"),
    "came_from_outside_city": _l("Came from outside the city"),
    "title_level": _l("Professional title"),
    "title_issued_on": _l("Date of the title certificate"),
    "skill_level": _l("Skill certificate"),
    "skill_issued_on": _l("Date of the skill certificate"),
    "is_scarce_trade": _l("Trade is on the list of scarce trades"),
    "special_skill_claimed": _l("Special skill to be recognised"),
}


def answer_rows(
    step: Step,
    answers: Answers,
    *,
    category: Category | None,
    employer: str = "",
    fields: Collection[str] | None = None,
) -> list[tuple[str, Any, str]]:
    """(field, its word, its value in words) of everything filled in at a step; numbers masked.

    `fields` narrows the rows, as for an employer, who need not see everything.
    """
    given = applicable(step, answers.get(step, {}))
    return [
        (name, FIELD_WORDS[name], answer_text(name, value, category=category, employer=employer))
        for name, value in given.items()
        if _says_something(name, value) and (fields is None or name in fields)
    ]


def _says_something(name: str, value: Any) -> bool:
    """Blanks are left out, and so is a box that only matters when it is ticked."""
    return not is_blank(value) and not (name == "is_contract_open_ended" and value is False)


def answer_text(
    name: str, value: Any, *, category: Category | None = None, employer: str = ""
) -> str:
    """One answer in words; one that is not of its kind stays as typed."""
    if name == "category_code":
        return pick(category.title_zh, category.title_en) if category else str(value)
    if name == "employer_id":
        return employer
    if name in _WORDS_OF:
        return str(_WORDS_OF[name](value))
    return (
        value_words(name, value) if name in ATTRIBUTES and is_of_kind(name, value) else str(value)
    )


def _code_word(words: Mapping[Any, Any]) -> Callable[[Any], Any]:
    return lambda value: words.get(value, value)


def _day(value: Any) -> str:
    try:
        return day_in_prose(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


_WORDS_OF: Mapping[str, Callable[[Any], Any]] = {
    "document_kind": _code_word(DOCUMENT_KINDS),
    "sex": _code_word(SEXES),
    "nationality": lambda value: country_name(str(value)),
    "graduation_country": lambda value: place_name(str(value)),
    "document_number": lambda value: mask_number(str(value)),
    "phone": lambda value: mask_phone(str(value)),
    "document_valid_until": _day,
    "birth_on": _day,
}
