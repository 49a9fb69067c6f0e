"""Invented applicants and the example policy, for the tests of the rules."""

import copy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import talentsvc.policy
from talentsvc.policy.rules.evaluate import evaluate_category
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.rules.schema import load_rule_set
from talentsvc.policy.rules.verdicts import Evaluation
from talentsvc.policy.terms import (
    DegreeStatus,
    EducationLevel,
    EmployerLevel,
    EmployerType,
    SkillLevel,
    StudyMode,
    Tier,
    TitleLevel,
)

CONTENT: dict[str, Any] = json.loads(
    Path(talentsvc.policy.__path__[0], "content", "demo-2026.json").read_text("utf-8")
)
RULES = load_rule_set(CONTENT)
FILED_ON = date(2026, 11, 23)

ENGINEER = ApplicantFacts(
    birth_on=date(1994, 5, 2),
    is_document_two_sided=True,
    education_level=EducationLevel.BACHELOR,
    degree_status=DegreeStatus.GRADUATED,
    study_mode=StudyMode.FULL_TIME,
    graduated_on=date(2018, 6, 30),
    graduation_country="CN",
    school_name="示例大学",
    listings=frozenset(),
    title_level=TitleLevel.NONE,
    skill_level=SkillLevel.NONE,
    is_scarce_trade=False,
    distinctions=frozenset(),
    granted_patents=0,
    is_converted_locally=False,
    is_leading_large_enterprise=False,
    special_skill_claimed=False,
    employer_type=EmployerType.COMPANY,
    employer_level=EmployerLevel.ZONE,
    is_registered_in_zone=True,
    is_taxed_in_zone=True,
    is_dispatched=False,
    contract_start_on=date(2024, 3, 1),
    contract_end_on=date(2027, 2, 28),
    is_contract_open_ended=False,
    contract_months=36,
    is_insured_in_zone=True,
    employment_start_on=date(2024, 3, 1),
    is_founder=False,
    holds_higher_card=False,
    came_from_outside_city=False,
    arrived_on=date(2024, 3, 1),
)


def engineer(**changes: Any) -> ApplicantFacts:
    """A young full-time bachelor at a private company of the zone, who qualifies for C."""
    return replace(ENGINEER, **changes)


def content() -> dict[str, Any]:
    """A copy of the example policy that a test may break."""
    return copy.deepcopy(CONTENT)


def judged(
    category: str, facts: ApplicantFacts, on: date = FILED_ON, tier: Tier = Tier.C
) -> Evaluation:
    """What the example policy says of one category."""
    return evaluate_category(RULES, tier, category, facts, on)
