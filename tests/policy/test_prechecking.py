"""From the answers of the pre-check to facts: blank is unknown, and nothing is made up."""

from datetime import date
from typing import Any

import pytest

from talentsvc.policy.prechecking import facts_of, month_in, number_in
from talentsvc.policy.rules.conditions import age_on
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.terms import EducationLevel, Listing

TODAY = date(2026, 11, 23)
BLANK: dict[str, Any] = {
    **dict.fromkeys(
        (
            "education_level",
            "degree_status",
            "study_mode",
            "title_level",
            "skill_level",
            "employer_type",
            "employer_level",
            "is_scarce_trade",
            "special_skill_claimed",
            "is_registered_in_zone",
            "is_taxed_in_zone",
            "is_insured_in_zone",
            "holds_higher_card",
            "came_from_outside_city",
            "is_converted_locally",
            "is_leading_large_enterprise",
            "workplace",
            "contract",
        )
    ),
    **dict.fromkeys(("age", "graduated", "began", "granted_patents"), ""),
    "listings": None,
    "distinctions": None,
}


def facts(today: date = TODAY, **answers: Any) -> ApplicantFacts:
    return facts_of(BLANK | answers, today)


def test_blank_answers_are_unknown_and_unticked_lists_are_none():
    assert facts() == ApplicantFacts(
        listings=frozenset(), distinctions=frozenset(), granted_patents=0
    )


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2027, 3, 1)])
@pytest.mark.parametrize("age", [16, 35, 36, 99])
def test_an_age_gives_somebody_of_exactly_that_age_today(today: date, age: int):
    born = facts(today, age=str(age)).birth_on
    assert born is not None
    assert age_on(born, today) == age


def test_answers_become_facts():
    found = facts(
        age="３５",
        education_level="master",
        graduated="2018年6月",
        began="2021-03",
        is_taxed_in_zone="no",
        listings=["a_rated_discipline"],
        granted_patents="4",
    )
    assert age_on(found.birth_on or TODAY, TODAY) == 35
    assert found.education_level is EducationLevel.MASTER
    assert found.graduated_on == date(2018, 6, 1)
    assert found.employment_start_on == date(2021, 3, 1)
    assert found.is_taxed_in_zone is False
    assert found.is_registered_in_zone is None
    assert found.listings == frozenset({Listing.A_RATED_DISCIPLINE})
    assert found.granted_patents == 4


@pytest.mark.parametrize(
    ("workplace", "dispatched", "inside"),
    [("direct", False, None), ("inside", True, True), ("outside", True, False), (None, None, None)],
)
def test_the_place_of_work(workplace: str | None, dispatched: bool | None, inside: bool | None):
    found = facts(workplace=workplace)
    assert (found.is_dispatched, found.is_using_unit_in_zone) == (dispatched, inside)


@pytest.mark.parametrize(
    ("contract", "end", "is_open", "founder"),
    [
        ("fixed", TODAY, False, False),
        ("open", None, True, False),
        ("founder", None, False, True),
        ("none", None, False, False),
        (None, None, None, None),
    ],
)
def test_the_terms_of_work(
    contract: str | None, end: date | None, is_open: bool | None, founder: bool | None
):
    found = facts(contract=contract)
    assert found.contract_end_on == end
    assert (found.is_contract_open_ended, found.is_founder) == (is_open, founder)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2018-06", date(2018, 6, 1)),
        ("2018/6", date(2018, 6, 1)),
        ("２０１８年６月", date(2018, 6, 1)),
        ("201806", date(2018, 6, 1)),
        (" 2018 . 6 ", date(2018, 6, 1)),
        ("2026-11", date(2026, 11, 1)),
        ("2026-12", None),
        ("2018-13", None),
        ("2018-00", None),
        ("0000-01", None),
        ("1949-12", None),
        ("2018", None),
        ("June 2018", None),
        ("", None),
        (None, None),
    ],
)
def test_months_as_people_write_them(typed: str | None, month: date | None):
    assert month_in(typed, TODAY) == month


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("16", 16),
        ("99", 99),
        ("15", None),
        ("100", None),
        ("-20", None),
        ("3.5", None),
        ("²5", None),
        ("9" * 400, None),
    ],
)
def test_whole_numbers_within_bounds(typed: str, number: int | None):
    assert number_in(typed, 16, 99) == number
