"""Worked cases of the example policy: who qualifies, who does not, and what is left to a person."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.policy.rules.conditions import age_on
from talentsvc.policy.rules.evaluate import evaluate_all, missing_for
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.terms import (
    DegreeStatus,
    EducationLevel,
    EmployerLevel,
    EmployerType,
    Outcome,
    SkillLevel,
    StudyMode,
    Tier,
    TitleLevel,
)
from tests.policy.applicants import FILED_ON, RULES, engineer, judged

MET, NOT_MET, NEEDS_PERSON = Outcome.MET, Outcome.NOT_MET, Outcome.NEEDS_PERSON
BACHELOR, SKILLED, SPECIAL = "full_time_bachelor", "title_or_scarce_trade", "special_skill"


def blocking(category: str, facts: ApplicantFacts, on: date = FILED_ON, tier: Tier = Tier.C):
    """Outcome of the category, and what stands in the way of a clear yes."""
    evaluation = judged(category, facts, on, tier)
    return evaluation.outcome, [verdict.code for verdict in missing_for(evaluation)]


def test_a_young_full_time_bachelor_at_a_company_of_the_zone_qualifies():
    evaluation = judged(BACHELOR, engineer())
    assert evaluation.outcome is MET
    assert missing_for(evaluation) == ()
    assert (evaluation.rule_set_code, evaluation.rule_set_version) == ("demo-2026", 2)
    assert evaluation.is_example


@pytest.mark.parametrize(
    ("changes", "outcome", "ways"),
    [
        # 结业 and 肄业 are recorded studies, not a diploma (facts.md 8b, 35).
        ({"degree_status": DegreeStatus.COMPLETED_WITHOUT_DEGREE}, NOT_MET, ["graduated"]),
        ({"degree_status": DegreeStatus.LEFT}, NOT_MET, ["graduated"]),
        ({"degree_status": None}, NEEDS_PERSON, ["graduated"]),
        ({"education_level": EducationLevel.COLLEGE}, NOT_MET, ["bachelor"]),
        ({"education_level": EducationLevel.NONE}, NOT_MET, ["bachelor"]),
        ({"education_level": EducationLevel.DOCTOR}, MET, []),
        ({"study_mode": StudyMode.PART_TIME}, NOT_MET, ["full_time"]),
        ({"study_mode": StudyMode.ABROAD, "graduation_country": "DE"}, MET, []),
        ({"graduated_on": date(2016, 12, 31)}, NOT_MET, ["graduated_since_2017"]),
        ({"graduated_on": date(2017, 1, 1)}, MET, []),
        # Central, provincial and city employers are left out (facts.md 1.4).
        ({"employer_level": EmployerLevel.PROVINCIAL}, NOT_MET, ["employer_level"]),
        ({"employer_level": EmployerLevel.CENTRAL}, NOT_MET, ["employer_level"]),
        ({"employer_level": EmployerLevel.CITY}, NOT_MET, ["employer_level"]),
        ({"is_registered_in_zone": False}, NOT_MET, ["company_registered"]),
        ({"is_taxed_in_zone": False}, NOT_MET, ["company_taxed"]),
        ({"is_taxed_in_zone": None}, NEEDS_PERSON, ["company_taxed"]),
        (
            {
                "employer_type": EmployerType.INSTITUTION,
                "is_registered_in_zone": None,
                "is_taxed_in_zone": None,
            },
            MET,
            [],
        ),
        ({"employer_type": EmployerType.ORGAN}, MET, []),
        ({"employer_type": EmployerType.SELF}, NOT_MET, ["employer_is_company"]),
        # The employer on paper is not the place of work (facts.md 8b, 28).
        (
            {"is_dispatched": True, "is_using_unit_in_zone": True},
            NEEDS_PERSON,
            ["using_unit_checked"],
        ),
        ({"is_dispatched": True, "is_using_unit_in_zone": False}, NOT_MET, ["works_directly"]),
        ({"is_dispatched": None}, NEEDS_PERSON, ["works_directly"]),
        ({"contract_end_on": FILED_ON}, MET, []),
        ({"contract_end_on": date(2026, 11, 22)}, NOT_MET, ["contract_covers_filing"]),
        ({"contract_end_on": None, "is_contract_open_ended": True}, MET, []),
        ({"contract_end_on": None}, NEEDS_PERSON, ["contract_covers_filing"]),
        (
            {"contract_end_on": date(2020, 1, 1), "is_founder": True},
            NEEDS_PERSON,
            ["founder_checked"],
        ),
        ({"is_insured_in_zone": False}, NEEDS_PERSON, ["insured_in_zone"]),
        ({"holds_higher_card": True}, NOT_MET, ["no_higher_card"]),
        ({"holds_higher_card": None}, NEEDS_PERSON, ["no_higher_card"]),
    ],
)
def test_one_changed_fact_of_a_qualified_bachelor(
    changes: dict[str, Any], outcome: Outcome, ways: list[str]
):
    assert blocking(BACHELOR, engineer(**changes)) == (outcome, ways)


@pytest.mark.parametrize(
    ("birth_on", "age", "outcome"),
    [
        (date(1991, 11, 23), 35, MET),
        (date(1990, 11, 24), 35, MET),
        (date(1990, 11, 23), 36, NEEDS_PERSON),
        (date(1960, 1, 1), 66, NEEDS_PERSON),
    ],
)
def test_age_is_measured_on_the_day_of_filing_and_too_old_is_for_a_person_to_say(
    birth_on: date, age: int, outcome: Outcome
):
    evaluation = judged(BACHELOR, engineer(birth_on=birth_on))
    verdict = next(verdict for verdict in evaluation.verdicts if verdict.code == "age_35")
    assert (verdict.value, verdict.threshold, verdict.outcome) == (age, 35, outcome)
    assert evaluation.outcome is outcome


def test_the_same_person_is_a_year_older_a_day_later():
    facts = engineer(birth_on=date(1990, 11, 24))
    assert judged(BACHELOR, facts, date(2026, 11, 23)).outcome is MET
    assert judged(BACHELOR, facts, date(2026, 11, 24)).outcome is NEEDS_PERSON


def test_a_birthday_on_29_february_falls_on_1_march():
    born = date(2000, 2, 29)
    assert age_on(born, date(2026, 2, 28)) == 25
    assert age_on(born, date(2026, 3, 1)) == 26
    assert age_on(born, date(2028, 2, 29)) == 28


def test_a_stored_verdict_holds_the_age_and_never_the_birth_date():
    stored = str(judged(BACHELOR, engineer()).to_json())
    assert "1994" not in stored


TECHNICIAN = {
    "skill_level": SkillLevel.TECHNICIAN,
    "is_scarce_trade": True,
    "education_level": EducationLevel.COLLEGE,
}


@pytest.mark.parametrize(
    ("changes", "outcome", "ways"),
    [
        ({"title_level": TitleLevel.MIDDLE}, MET, []),
        ({"title_level": TitleLevel.JUNIOR}, NOT_MET, ["middle_title"]),
        (TECHNICIAN, MET, []),
        (TECHNICIAN | {"skill_level": SkillLevel.SENIOR_TECHNICIAN}, MET, []),
        (TECHNICIAN | {"skill_level": SkillLevel.ADVANCED_WORKER}, NOT_MET, ["middle_title"]),
        (TECHNICIAN | {"is_scarce_trade": None}, NEEDS_PERSON, ["scarce_trade"]),
        (TECHNICIAN | {"employment_start_on": date(2017, 12, 1)}, MET, []),
        (TECHNICIAN | {"employment_start_on": date(2017, 11, 30)}, NOT_MET, ["middle_title"]),
        (
            {"title_level": TitleLevel.MIDDLE, "birth_on": date(1980, 11, 23)},
            NEEDS_PERSON,
            ["age_45"],
        ),
        ({"title_level": TitleLevel.MIDDLE, "birth_on": date(1980, 11, 24)}, MET, []),
    ],
)
def test_title_or_scarce_trade(changes: dict[str, Any], outcome: Outcome, ways: list[str]):
    assert blocking(SKILLED, engineer(**changes)) == (outcome, ways)


def test_a_special_skill_waits_for_its_recognition():
    claimed = engineer(special_skill_claimed=True)
    assert blocking(SPECIAL, claimed) == (NEEDS_PERSON, ["skill_recognised"])
    assert judged(SPECIAL, claimed).needs_recognition
    recognised = engineer(special_skill_claimed=True, special_skill_recognised=True)
    refused = engineer(special_skill_claimed=True, special_skill_recognised=False)
    assert judged(SPECIAL, recognised).outcome is MET
    assert judged(SPECIAL, refused).outcome is NOT_MET
    assert judged(SPECIAL, engineer()).outcome is NOT_MET


def test_what_is_unknown_is_marked_missing_and_never_refused():
    for evaluation in evaluate_all(RULES, ApplicantFacts(), FILED_ON):
        assert evaluation.outcome is NEEDS_PERSON
        for verdict in evaluation.verdicts:
            assert verdict.outcome is NEEDS_PERSON
            assert verdict.is_missing is (verdict.attribute is not None)


def test_the_nearest_route_comes_first():
    codes = [evaluation.category for evaluation in evaluate_all(RULES, engineer(), FILED_ON)]
    assert len(codes) == 15
    assert codes[0] == BACHELOR
    newcomer = engineer(
        came_from_outside_city=True, education_level=EducationLevel.DOCTOR, holds_higher_card=True
    )
    evaluations = evaluate_all(RULES, newcomer, FILED_ON)
    assert evaluations[0].category == "graduate_key_university"
    failed = [
        sum(verdict.outcome is NOT_MET for verdict in missing_for(evaluation))
        for evaluation in evaluations
    ]
    assert failed == sorted(failed)


def test_only_the_nearest_alternative_counts_as_missing():
    # A technician without the trade on the list lacks one thing; a title would be no nearer.
    facts = engineer(skill_level=SkillLevel.TECHNICIAN, is_scarce_trade=None)
    assert blocking(SKILLED, facts) == (NEEDS_PERSON, ["scarce_trade"])


def test_an_unknown_category_is_an_error_and_not_a_verdict():
    with pytest.raises(KeyError):
        judged("no_such_category", engineer())


@given(days=st.integers(min_value=0, max_value=40_000), since=st.integers(0, 20_000))
def test_ages_agree_with_counting_birthdays(days: int, since: int):
    born = date(1930, 1, 1) + timedelta(days=since)
    day = born + timedelta(days=days)
    birthdays = 0
    while _birthday(born, birthdays + 1) <= day:
        birthdays += 1
    assert age_on(born, day) == birthdays


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
