"""What is missing or wrong in typed answers, and what the rules may read of them."""

from datetime import date
from typing import Any

import pytest

from talentsvc.cards.rules.answer_checks import problems_in, problems_of
from talentsvc.cards.rules.answer_facts import contract_months, facts_from
from talentsvc.cards.rules.answers import (
    Step,
    applicable,
    changed_steps,
    gaps_in,
    to_file,
)
from talentsvc.core.identity_numbers import resident_number
from talentsvc.policy.terms import EducationLevel, StudyMode

TODAY = date(2026, 11, 23)
NUMBER = resident_number("139903", date(1994, 5, 2), 7)

ANSWERS: dict[str, dict[str, Any]] = {
    "category": {"category_code": "full_time_bachelor"},
    "identity": {
        "name": "欧阳䶮",
        "nationality": "CN",
        "document_kind": "resident_id",
        "document_number": NUMBER,
        "phone": "13812345678",
    },
    "education": {
        "education_level": "master",
        "graduation_country": "CN",
        "school_name": "示例大学",
        "study_mode": "full_time",
        "degree_status": "graduated",
        "graduated_on": "2019-06-30",
    },
    "work": {
        "employer_id": "01a206ab-1565-77ca-afb2-f25f835dc45d",
        "job_title": "工程师",
        "employment_start_on": "2024-03-01",
        "is_founder": False,
        "contract_start_on": "2024-03-01",
        "is_contract_open_ended": False,
        "contract_end_on": "2027-02-28",
        "is_dispatched": False,
        "is_insured_in_zone": True,
    },
}


def changed(step: str, **values: Any) -> dict[str, dict[str, Any]]:
    return ANSWERS | {step: ANSWERS[step] | values}


def test_complete_answers_have_no_problem() -> None:
    assert gaps_in(ANSWERS) == ()
    assert problems_in(ANSWERS, TODAY) == {}


def test_an_empty_form_names_every_step() -> None:
    assert list(problems_in({}, TODAY)) == [
        Step.CATEGORY,
        Step.IDENTITY,
        Step.EDUCATION,
        Step.WORK,
    ]


@pytest.mark.parametrize(
    ("step", "values", "field", "code"),
    [
        ("education", {"graduated_on": "2026-11-24"}, "graduated_on", "too_late"),
        ("education", {"graduated_on": "1949-12-31"}, "graduated_on", "too_early"),
        ("education", {"graduated_on": "2019-02-30"}, "graduated_on", "date"),
        ("education", {"study_mode": "abroad"}, "study_mode", "does_not_fit"),
        ("education", {"study_mode": "by_post"}, "study_mode", "shape"),
        ("education", {"school_name": "校" * 101}, "school_name", "too_long"),
        ("education", {"school_name": "  "}, "school_name", "missing"),
        ("work", {"contract_end_on": "2024-02-29"}, "contract_end_on", "before_start"),
        ("work", {"contract_end_on": ""}, "contract_end_on", "missing"),
        ("work", {"contract_start_on": "2029-01-01"}, "contract_start_on", "too_late"),
        ("work", {"employer_id": "示例公司"}, "employer_id", "shape"),
        ("work", {"is_founder": ""}, "is_founder", "missing"),
        ("work", {"is_dispatched": True}, "using_unit", "missing"),
        ("work", {"title_level": "middle"}, "title_issued_on", "missing"),
        ("identity", {"document_kind": "club_card"}, "document_kind", "shape"),
        ("identity", {"document_kind": "passport"}, "birth_on", "missing"),
    ],
)
def test_a_wrong_value_is_named_with_its_reason(
    step: str, values: dict[str, Any], field: str, code: str
) -> None:
    found = {p.field: p.code for p in problems_of(Step(step), ANSWERS[step] | values, TODAY)}
    assert found[field] == code


def test_what_another_answer_makes_pointless_is_neither_asked_nor_filed() -> None:
    answers = changed("education", education_level="none", graduated_on="no idea")
    assert problems_in(answers, TODAY) == {}
    assert to_file(answers)["education"] == {"education_level": "none"}
    open_ended = ANSWERS["work"] | {"is_contract_open_ended": True, "contract_end_on": "never"}
    assert problems_of(Step.WORK, open_ended, TODAY) == ()
    assert "contract_end_on" not in applicable(Step.WORK, open_ended)


def test_a_founder_needs_no_contract() -> None:
    work = ANSWERS["work"] | {
        "is_founder": True,
        "contract_start_on": "",
        "contract_end_on": "",
    }
    assert problems_of(Step.WORK, work, TODAY) == ()


def test_fields_of_nobodys_form_are_not_filed() -> None:
    filed = to_file(changed("work", employer_query="示例", is_admin=True))
    assert "employer_query" not in filed["work"]
    assert "is_admin" not in filed["work"]


def test_facts_take_the_birth_date_from_the_number_and_not_from_what_was_typed() -> None:
    facts = facts_from(changed("identity", birth_on="2010-01-01"), None, holds_higher_card=False)
    assert facts.birth_on == date(1994, 5, 2)
    assert facts.is_document_two_sided is True
    assert facts.contract_months == 36
    assert facts.holds_higher_card is False


def test_facts_leave_out_what_is_not_of_its_kind() -> None:
    answers = changed("education", education_level="professor", study_mode="full_time")
    facts = facts_from(answers, None, holds_higher_card=None)
    assert facts.education_level is None
    assert facts.study_mode is StudyMode.FULL_TIME
    facts = facts_from(
        changed("work", contract_end_on="soon", is_dispatched="yes"), None, holds_higher_card=None
    )
    assert facts.contract_end_on is None
    assert facts.contract_months is None
    assert facts.is_dispatched is None
    assert facts.education_level is EducationLevel.MASTER


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-01-01", "2026-12-31", 12),
        ("2026-03-15", "2027-03-14", 12),
        ("2026-03-15", "2027-03-13", 11),
        ("2024-02-29", "2027-02-26", 35),
        ("2024-02-29", "2027-02-27", 36),
        ("2026-01-31", "2026-02-27", 1),
        ("2026-05-05", "2026-05-05", 0),
    ],
)
def test_months_of_a_contract(start: str, end: str, months: int) -> None:
    assert contract_months(start, end) == months


def test_changed_steps() -> None:
    assert changed_steps(ANSWERS, ANSWERS) == ()
    assert changed_steps(ANSWERS, changed("education", school_name="另一所")) == (Step.EDUCATION,)
