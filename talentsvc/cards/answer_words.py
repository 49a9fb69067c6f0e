"""Words for the answers of an application: what was asked, and what a stored value means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.people.labels import DOCUMENT_KINDS, SEXES
from talentsvc.policy.terms import (
    DegreeStatus,
    EducationLevel,
    SkillLevel,
    StudyMode,
    TitleLevel,
)

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

#: Words of the values that are codes, by field.
VALUE_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "document_kind": DOCUMENT_KINDS,
    "sex": SEXES,
    "education_level": EDUCATION_LEVELS,
    "degree_status": DEGREE_STATUSES,
    "study_mode": STUDY_MODES,
    "title_level": TITLE_LEVELS,
    "skill_level": SKILL_LEVELS,
}
