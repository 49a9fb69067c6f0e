"""From the answers of the pre-check to facts, and to words that promise no more than was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from talentsvc.core.typed_text import compact
from talentsvc.policy.rules.facts import ApplicantFacts

YOUNGEST, OLDEST = 16, 99
MOST_PATENTS = 999
#: Before this year nobody of working age graduated or began to work.
FIRST_YEAR = 1950
#: 2018-06, 2018/6, 2018.06, 2018年6月, 201806.
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")

_CODES = (
    "education_level",
    "degree_status",
    "study_mode",
    "title_level",
    "skill_level",
    "employer_type",
    "employer_level",
)
_FLAGS = (
    "is_scarce_trade",
    "special_skill_claimed",
    "is_registered_in_zone",
    "is_taxed_in_zone",
    "is_insured_in_zone",
    "holds_higher_card",
    "came_from_outside_city",
    "is_converted_locally",
    "is_leading_large_enterprise",
)
_WORKPLACES: Mapping[str, Mapping[str, bool]] = {
    "direct": {"is_dispatched": False},
    "inside": {"is_dispatched": True, "is_using_unit_in_zone": True},
    "outside": {"is_dispatched": True, "is_using_unit_in_zone": False},
}


def facts_of(answers: Mapping[str, Any], today: date) -> ApplicantFacts:
    """The facts that valid answers state; blank ones stay unknown.

    Lists, honours and patents are the exception: there, nothing ticked means none.
    """
    plain: dict[str, Any] = {name: answers[name] for name in _CODES if answers[name]}
    plain |= {name: answers[name] == "yes" for name in _FLAGS if answers[name]}
    plain |= _WORKPLACES.get(answers["workplace"], {})
    plain |= _contract(answers["contract"], today)
    plain |= {
        "listings": answers["listings"] or [],
        "distinctions": answers["distinctions"] or [],
        "granted_patents": _number(answers["granted_patents"], 0, MOST_PATENTS) or 0,
    }
    plain |= _days(answers, today)
    return ApplicantFacts.from_json(plain)


def words_in_place(answers: Mapping[str, Any], today: date) -> dict[str, str]:
    """Words for facts whose day was made up from a coarser answer, by attribute."""
    coarse = {
        "graduated_on": month_in(answers["graduated"], today),
        "employment_start_on": month_in(answers["began"], today),
    }
    words = {name: f"{month:%Y-%m}" for name, month in coarse.items() if month is not None}
    if answers["contract"] == "fixed":
        words["contract_end_on"] = str(_("the end date is still to come"))
    return words


def month_in(typed: str | None, today: date) -> date | None:
    """The first day of the month typed, None if it is none, too long ago or still to come."""
    found = _MONTH.fullmatch(compact(typed or ""))
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    first = date(int(found[1]) or 1, int(found[2]), 1)
    return first if first.year >= FIRST_YEAR and first <= today else None


def number_in(typed: str, least: int, most: int) -> int | None:
    """The number typed, None if it is none or out of bounds."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))
    return int(typed) if is_number and least <= int(typed) <= most else None


def _contract(terms: str | None, today: date) -> dict[str, Any]:
    """A contract that still runs covers the day of asking; its real end is not asked for."""
    if not terms:
        return {}
    facts: dict[str, Any] = {
        "is_contract_open_ended": terms == "open",
        "is_founder": terms == "founder",
    }
    if terms == "fixed":
        facts["contract_end_on"] = today.isoformat()
    return facts


def _days(answers: Mapping[str, Any], today: date) -> dict[str, str]:
    days = {
        "graduated_on": month_in(answers["graduated"], today),
        "employment_start_on": month_in(answers["began"], today),
    }
    age = _number(answers["age"], YOUNGEST, OLDEST)
    if age is not None:
        days["birth_on"] = _birthday(age, today)
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _birthday(age: int, today: date) -> date:
    """The latest birth date of somebody of that age today."""
    try:
        return today.replace(year=today.year - age)
    except ValueError:
        return date(today.year - age, 2, 28)


def _number(typed: str | None, least: int, most: int) -> int | None:
    return number_in(compact(typed or ""), least, most)
