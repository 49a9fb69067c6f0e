"""Words for the codes of the rules, and for a criterion's value and threshold, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.extensions.language import day_in_prose, is_chinese
from talentsvc.policy.employer_words import LEVELS, TYPES
from talentsvc.policy.rules.facts import ATTRIBUTES, AttributeKind
from talentsvc.policy.terms import (
    AcceptedFile,
    Decider,
    DegreeStatus,
    Distinction,
    EducationLevel,
    EvidenceNeed,
    EvidenceSource,
    Hardness,
    Listing,
    Operator,
    RuleSetStatus,
    SkillLevel,
    StudyMode,
    Tier,
    TitleLevel,
    Unit,
)

TIERS: Mapping[Tier, Any] = {Tier.A: _l("A card"), Tier.B: _l("B card"), Tier.C: _l("C card")}
DECIDERS: Mapping[Decider, Any] = {
    Decider.ZONE: _l("Decided by the zone"),
    Decider.CITY: _l("Decided by the city; this is a pre-check only"),
}
STATUSES: Mapping[RuleSetStatus, Any] = {
    RuleSetStatus.DRAFT: _l("Draft"),
    RuleSetStatus.ACTIVE: _l("In force"),
    RuleSetStatus.RETIRED: _l("Out of force"),
}
EDUCATION_LEVELS: Mapping[EducationLevel, Any] = {
    EducationLevel.DOCTOR: _l("Doctor"),
    EducationLevel.MASTER: _l("Master"),
    EducationLevel.BACHELOR: _l("Bachelor"),
    EducationLevel.COLLEGE: _l("College (junior college)"),
    EducationLevel.NONE: _l("None of these"),
}
DEGREE_STATUSES: Mapping[DegreeStatus, Any] = {
    DegreeStatus.GRADUATED: _l("Graduated, with a diploma"),
    DegreeStatus.COMPLETED_WITHOUT_DEGREE: _l("Completed without graduating"),
    DegreeStatus.LEFT: _l("Left before the end"),
}
STUDY_MODES: Mapping[StudyMode, Any] = {
    StudyMode.FULL_TIME: _l("Full-time"),
    StudyMode.PART_TIME: _l("Part-time or by correspondence"),
    StudyMode.ABROAD: _l("Outside mainland China"),
}
TITLE_LEVELS: Mapping[TitleLevel, Any] = {
    TitleLevel.NONE: _l("No title"),
    TitleLevel.JUNIOR: _l("Junior title"),
    TitleLevel.MIDDLE: _l("Middle title"),
    TitleLevel.ASSOCIATE_SENIOR: _l("Associate senior title"),
    TitleLevel.SENIOR: _l("Senior title"),
}
SKILL_LEVELS: Mapping[SkillLevel, Any] = {
    SkillLevel.NONE: _l("No skill certificate"),
    SkillLevel.BASIC_WORKER: _l("Basic worker (level 5)"),
    SkillLevel.INTERMEDIATE_WORKER: _l("Intermediate worker (level 4)"),
    SkillLevel.ADVANCED_WORKER: _l("Advanced worker (level 3)"),
    SkillLevel.TECHNICIAN: _l("Technician (level 2)"),
    SkillLevel.SENIOR_TECHNICIAN: _l("Senior technician (level 1)"),
}
LISTINGS: Mapping[Listing, Any] = {
    Listing.HEBEI_ELITE_PLAN: _l("University of the Hebei elite recruitment plan"),
    Listing.DOUBLE_FIRST_CLASS_UNIVERSITY: _l("Double first-class university"),
    Listing.FIRST_CLASS_UNIVERSITY: _l("First-class university"),
    Listing.DOUBLE_FIRST_CLASS_DISCIPLINE: _l("Double first-class discipline"),
    Listing.WORLD_TOP_500_UNIVERSITY: _l("World top 500 university"),
    Listing.A_RATED_DISCIPLINE: _l("Discipline rated A"),
}
DISTINCTIONS: Mapping[Distinction, Any] = {
    Distinction.ACADEMICIAN: _l("Academician"),
    Distinction.NATIONAL_PROGRAMME: _l("Chosen for a national talent programme"),
    Distinction.PROVINCIAL_HIGH_END: _l("Provincial high-end talent"),
    Distinction.OTHER_LEADING_TALENT: _l("Other leading talent"),
    Distinction.SCIENCE_AWARD_FIRST_TOP_3: _l(
        "Provincial or ministerial science award, first prize, among the first three"
    ),
    Distinction.SCIENCE_AWARD_SECOND_TOP_2: _l(
        "Provincial or ministerial science award, second prize, among the first two"
    ),
    Distinction.SCIENCE_AWARD_THIRD_TOP_1: _l(
        "Provincial or ministerial science award, third prize, in first place"
    ),
    Distinction.PROVINCIAL_HONOUR: _l("Provincial or ministerial honour"),
    Distinction.TOP_500_MIDDLE_MANAGER: _l(
        "Former middle manager of one of China's top 500 companies"
    ),
}
HARDNESSES: Mapping[Hardness, Any] = {
    Hardness.HARD: _l("Excludes"),
    Hardness.SOFT: _l("A person may make an exception"),
}
NEEDS: Mapping[EvidenceNeed, Any] = {
    EvidenceNeed.REQUIRED: _l("Required"),
    EvidenceNeed.OPTIONAL: _l("If it applies"),
    EvidenceNeed.ONE_OF: _l("One of these"),
}
SOURCES: Mapping[EvidenceSource, Any] = {
    EvidenceSource.APPLICANT: _l("Brought by the applicant"),
    EvidenceSource.EMPLOYER_RECORD: _l("From the employer's record"),
    EvidenceSource.ENDORSEMENT: _l("From the employer's confirmation"),
}
FILES: Mapping[AcceptedFile, str] = {
    AcceptedFile.PDF: "PDF",
    AcceptedFile.JPEG: "JPEG",
    AcceptedFile.PNG: "PNG",
}
UNITS: Mapping[Unit, Any] = {
    Unit.WORKING_DAY: _l("working days"),
    Unit.CALENDAR_DAY: _l("calendar days"),
    Unit.YEAR: _l("years"),
    Unit.PIXEL: _l("pixels"),
    Unit.NONE: "",
}

_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "education_level": EDUCATION_LEVELS,
    "degree_status": DEGREE_STATUSES,
    "study_mode": STUDY_MODES,
    "title_level": TITLE_LEVELS,
    "skill_level": SKILL_LEVELS,
    "employer_type": TYPES,
    "employer_level": LEVELS,
    "listings": LISTINGS,
    "distinctions": DISTINCTIONS,
}


def value_words(attribute: str | None, value: object) -> str:
    """What was found, in words: a stored verdict's value, or a fact. Nothing is an empty text."""
    if attribute is None or value is None:
        return ""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, list | tuple | frozenset):
        return _several([value_words(attribute, member) for member in value])
    kind = ATTRIBUTES[attribute].kind
    if kind is AttributeKind.DATE and isinstance(value, int):
        return str(_("%(age)s years old", age=value))
    if kind is AttributeKind.DATE:
        return day_in_prose(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(_WORDS.get(attribute, {}).get(_code(attribute, value), value))


def threshold_words(attribute: str | None, operator: str, threshold: object) -> str:
    """What is asked for, in words; empty where a person decides."""
    if attribute is None:
        return ""
    if operator == Operator.IS_TRUE or operator == Operator.IS_FALSE:
        return value_words(attribute, operator == Operator.IS_TRUE)
    words = value_words(attribute, threshold)
    sentences: dict[str, str] = {
        Operator.AT_LEAST.value: _("%(value)s or more", value=words),
        Operator.AT_MOST.value: _("%(value)s at most", value=words),
        Operator.AGE_AT_MOST.value: _("%(value)s at most", value=words),
        Operator.ON_OR_AFTER.value: _("%(value)s or later", value=words),
        Operator.ON_OR_BEFORE.value: _("%(value)s or earlier", value=words),
        Operator.NE.value: _("not %(value)s", value=words),
        Operator.NOT_IN.value: _("none of %(value)s", value=words),
        Operator.IN.value: _("one of %(value)s", value=words),
        Operator.HOLDS_ANY.value: _("one of %(value)s", value=words),
    }
    return sentences.get(str(operator), words)


def parameter_words(value: object, unit: Unit) -> str:
    """A parameter's value with what it counts."""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, tuple):
        return f"{_several([str(member) for member in value])} {UNITS[unit]}"
    if isinstance(value, int):
        return f"{value} {UNITS[unit]}"
    return str(UNITS[Unit(str(value))])


def _several(words: list[str]) -> str:
    if not words:
        return str(_("None"))
    return ("、" if is_chinese() else ", ").join(words)


def _code(attribute: str, value: object) -> StrEnum | None:
    codes = ATTRIBUTES[attribute].codes
    return codes(str(value)) if codes is not None else None
