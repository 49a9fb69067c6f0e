"""The city's cards, as far as the zone pre-checks them: B in eight groups, A left to the city."""

from typing import Any

import pytest

from talentsvc.policy.terms import (
    Distinction,
    EducationLevel,
    EmployerLevel,
    EmployerType,
    Listing,
    Outcome,
    SkillLevel,
    StudyMode,
    Tier,
    TitleLevel,
)
from tests.policy.applicants import RULES, engineer, judged

MET, NOT_MET, NEEDS_PERSON = Outcome.MET, Outcome.NOT_MET, Outcome.NEEDS_PERSON
NEWCOMER = {"came_from_outside_city": True}
MASTER = NEWCOMER | {"education_level": EducationLevel.MASTER}


@pytest.mark.parametrize(
    ("category", "changes", "outcome"),
    [
        ("graduate_elite", NEWCOMER | {"listings": frozenset({Listing.HEBEI_ELITE_PLAN})}, MET),
        ("graduate_elite", {"listings": frozenset({Listing.HEBEI_ELITE_PLAN})}, NOT_MET),
        ("graduate_key_university", NEWCOMER | {"education_level": EducationLevel.DOCTOR}, MET),
        (
            "graduate_key_university",
            MASTER | {"listings": frozenset({Listing.DOUBLE_FIRST_CLASS_UNIVERSITY})},
            MET,
        ),
        (
            "graduate_key_university",
            NEWCOMER | {"listings": frozenset({Listing.DOUBLE_FIRST_CLASS_UNIVERSITY})},
            NOT_MET,
        ),
        (
            "graduate_key_university",
            NEWCOMER | {"listings": frozenset({Listing.DOUBLE_FIRST_CLASS_DISCIPLINE})},
            MET,
        ),
        (
            "graduate_world_top",
            NEWCOMER
            | {
                "study_mode": StudyMode.ABROAD,
                "listings": frozenset({Listing.WORLD_TOP_500_UNIVERSITY}),
            },
            MET,
        ),
        (
            "graduate_world_top",
            NEWCOMER
            | {
                "study_mode": StudyMode.ABROAD,
                "listings": frozenset({Listing.WORLD_TOP_500_UNIVERSITY}),
                "employer_type": EmployerType.ORGAN,
            },
            NOT_MET,
        ),
        (
            "grad_a_discipline",
            MASTER | {"listings": frozenset({Listing.A_RATED_DISCIPLINE})},
            NEEDS_PERSON,
        ),
        ("award_or_patent", NEWCOMER | {"granted_patents": 3, "is_converted_locally": True}, MET),
        (
            "award_or_patent",
            NEWCOMER | {"granted_patents": 2, "is_converted_locally": True},
            NOT_MET,
        ),
        (
            "award_or_patent",
            NEWCOMER
            | {
                "distinctions": frozenset({Distinction.SCIENCE_AWARD_SECOND_TOP_2}),
                "is_converted_locally": True,
            },
            MET,
        ),
        ("award_or_patent", NEWCOMER | {"granted_patents": 5}, NOT_MET),
        # The kind of employer changes the threshold (facts.md 1.2 a; 8b, 4).
        ("title_or_technician", NEWCOMER | {"title_level": TitleLevel.ASSOCIATE_SENIOR}, MET),
        (
            "title_or_technician",
            NEWCOMER
            | {
                "title_level": TitleLevel.ASSOCIATE_SENIOR,
                "employer_type": EmployerType.INSTITUTION,
            },
            NOT_MET,
        ),
        (
            "title_or_technician",
            NEWCOMER
            | {"title_level": TitleLevel.SENIOR, "employer_type": EmployerType.INSTITUTION},
            MET,
        ),
        (
            "title_or_technician",
            NEWCOMER | {"skill_level": SkillLevel.SENIOR_TECHNICIAN, "is_scarce_trade": True},
            MET,
        ),
        (
            "title_or_technician",
            NEWCOMER | {"skill_level": SkillLevel.TECHNICIAN, "is_scarce_trade": True},
            NOT_MET,
        ),
        (
            "enterprise_manager",
            NEWCOMER | {"distinctions": frozenset({Distinction.PROVINCIAL_HONOUR})},
            NEEDS_PERSON,
        ),
        (
            "enterprise_manager",
            NEWCOMER
            | {
                "distinctions": frozenset({Distinction.TOP_500_MIDDLE_MANAGER}),
                "is_leading_large_enterprise": True,
            },
            MET,
        ),
        ("recognised_skill", NEWCOMER | {"special_skill_claimed": True}, NEEDS_PERSON),
        ("recognised_skill", NEWCOMER, NOT_MET),
    ],
)
def test_the_eight_groups_of_the_city(category: str, changes: dict[str, Any], outcome: Outcome):
    assert judged(category, engineer(**changes), tier=Tier.B).outcome is outcome


def test_a_higher_employer_does_not_matter_to_the_city():
    facts = engineer(
        **NEWCOMER,
        listings=frozenset({Listing.HEBEI_ELITE_PLAN}),
        employer_level=EmployerLevel.CENTRAL,
    )
    assert judged("graduate_elite", facts, tier=Tier.B).outcome is MET


def test_nobody_is_found_leading_talent_by_rule_alone():
    for category in RULES.tier(Tier.A).categories:
        claimed = engineer(distinctions=frozenset({Distinction(category.code)}))
        assert judged(category.code, claimed, tier=Tier.A).outcome is NEEDS_PERSON
        assert judged(category.code, engineer(), tier=Tier.A).outcome is NOT_MET
        unknown = judged(category.code, engineer(distinctions=None), tier=Tier.A)
        assert unknown.outcome is NEEDS_PERSON
