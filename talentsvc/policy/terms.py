"""Words of the policy room: what a rule may ask about a person, how it asks, and what it answers.

The enums that have an order list their members from the lowest to the highest, so that
`at_least` needs no second table. Sources: facts.md 1.2, 1.4, 4.3 and 8.5.
"""

from __future__ import annotations

from enum import StrEnum


class OrderedTerm(StrEnum):
    """A term whose members stand in ascending order of definition."""

    @property
    def rank(self) -> int:
        """Position in the order, 0 for the lowest."""
        return list(type(self)).index(self)


class Tier(StrEnum):
    """Who issues a card: C is decided by the zone, A and B by the city (facts.md 1.1)."""

    A = "A"
    B = "B"
    C = "C"


class Decider(StrEnum):
    """Whose decision a tier is; a city tier is only pre-checked here."""

    ZONE = "zone"
    CITY = "city"


class RuleSetStatus(StrEnum):
    """Life of a rule set: only an active one judges a new application."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class EducationLevel(OrderedTerm):
    """Level of the studies; whether they ended with a diploma is `DegreeStatus` (GB/T 4658-2006)."""

    NONE = "none"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class DegreeStatus(StrEnum):
    """How the studies ended: 毕业, 结业 or 肄业. Only the first is a graduate (facts.md 8b, 35)."""

    GRADUATED = "graduated"
    COMPLETED_WITHOUT_DEGREE = "completed_without_degree"
    LEFT = "left"


class StudyMode(StrEnum):
    """How the degree was studied. 全日制 is tested on the degree, not on the job (facts.md 1.2 c)."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    ABROAD = "abroad"


class TitleLevel(OrderedTerm):
    """Professional title 职称: 初级, 中级, 副高, 正高."""

    NONE = "none"
    JUNIOR = "junior"
    MIDDLE = "middle"
    ASSOCIATE_SENIOR = "associate_senior"
    SENIOR = "senior"


class SkillLevel(OrderedTerm):
    """Vocational skill grade: 初级工, 中级工, 高级工, 技师, 高级技师."""

    NONE = "none"
    BASIC_WORKER = "basic_worker"
    INTERMEDIATE_WORKER = "intermediate_worker"
    ADVANCED_WORKER = "advanced_worker"
    TECHNICIAN = "technician"
    SENIOR_TECHNICIAN = "senior_technician"


class EmployerType(StrEnum):
    """Kind of employer; it changes the title threshold of tier B (facts.md 1.2 a)."""

    ORGAN = "organ"
    INSTITUTION = "institution"
    COMPANY = "company"
    SOCIAL_ORGANISATION = "social_organisation"
    SELF = "self"


class EmployerLevel(OrderedTerm):
    """Whose employer it is; a zone card leaves out all above the zone (facts.md 1.4)."""

    ZONE = "zone"
    CITY = "city"
    PROVINCIAL = "provincial"
    CENTRAL = "central"


class Listing(StrEnum):
    """Dated outside lists a school, discipline or graduate may stand on (facts.md 1.2, 8b 7)."""

    HEBEI_ELITE_PLAN = "hebei_elite_plan"
    DOUBLE_FIRST_CLASS_UNIVERSITY = "double_first_class_university"
    FIRST_CLASS_UNIVERSITY = "first_class_university"
    DOUBLE_FIRST_CLASS_DISCIPLINE = "double_first_class_discipline"
    WORLD_TOP_500_UNIVERSITY = "world_top_500_university"
    A_RATED_DISCIPLINE = "a_rated_discipline"


class Distinction(StrEnum):
    """Honours, awards and posts that open a category; the rank on an award counts (facts.md 1.2 b)."""

    ACADEMICIAN = "academician"
    NATIONAL_PROGRAMME = "national_programme"
    PROVINCIAL_HIGH_END = "provincial_high_end"
    OTHER_LEADING_TALENT = "other_leading_talent"
    SCIENCE_AWARD_FIRST_TOP_3 = "science_award_first_top_3"
    SCIENCE_AWARD_SECOND_TOP_2 = "science_award_second_top_2"
    SCIENCE_AWARD_THIRD_TOP_1 = "science_award_third_top_1"
    PROVINCIAL_HONOUR = "provincial_honour"
    TOP_500_MIDDLE_MANAGER = "top_500_middle_manager"


class Operator(StrEnum):
    """How a criterion compares; an unknown one stops a rule set from being activated."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "not_in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    AGE_AT_MOST = "age_at_most"
    ON_OR_AFTER = "on_or_after"
    ON_OR_BEFORE = "on_or_before"
    IS_TRUE = "is_true"
    IS_FALSE = "is_false"
    HOLDS_ANY = "holds_any"
    DECIDED_BY_PERSON = "decided_by_person"


class Hardness(StrEnum):
    """Whether a criterion that fails excludes, or opens the exception path ("generally not over 35")."""

    HARD = "hard"
    SOFT = "soft"


class Outcome(StrEnum):
    """What the rules say. They never have the last word: a person decides (facts.md 8b, 22)."""

    MET = "met"
    NOT_MET = "not_met"
    NEEDS_PERSON = "needs_person"


class EvidenceNeed(StrEnum):
    """Whether an item must be there, may be there, or is one of a group of which one must be there."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    ONE_OF = "one_of"


class EvidenceSource(StrEnum):
    """Who brings an item: nothing already on file may be asked for again (令 716, facts.md 6.3)."""

    APPLICANT = "applicant"
    EMPLOYER_RECORD = "employer_record"
    ENDORSEMENT = "endorsement"


class AcceptedFile(StrEnum):
    """Kinds of file an item of evidence may be."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


class Unit(StrEnum):
    """What a parameter's number counts."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    YEAR = "year"
    PIXEL = "pixel"
    NONE = "none"


class ParameterName(StrEnum):
    """Every parameter a rule set states; facts.md 8.2 and 8.3 mark them with ▲."""

    INTAKE_WORKING_DAYS = "intake_working_days"
    CORRECTION_CALENDAR_DAYS = "correction_calendar_days"
    CORRECTION_CHECK_WORKING_DAYS = "correction_check_working_days"
    CORRECTION_REMINDERS = "correction_reminders"
    ENDORSEMENT_WORKING_DAYS = "endorsement_working_days"
    ENDORSEMENT_REMINDER_WORKING_DAYS = "endorsement_reminder_working_days"
    RECOMMENDATION_WORKING_DAYS = "recommendation_working_days"
    DECISION_WORKING_DAYS = "decision_working_days"
    DECISION_EXTENSION_WORKING_DAYS = "decision_extension_working_days"
    NOTICE_LENGTH = "notice_length"
    NOTICE_UNIT = "notice_unit"
    OBJECTION_WORKING_DAYS = "objection_working_days"
    ISSUE_WORKING_DAYS = "issue_working_days"
    REVIEW_REQUEST_WORKING_DAYS = "review_request_working_days"
    REVIEW_WORKING_DAYS = "review_working_days"
    CARD_VALIDITY_YEARS = "card_validity_years"
    RENEWAL_OPENS_DAYS = "renewal_opens_days"
    RENEWAL_FILED_BY_DAYS = "renewal_filed_by_days"
    SENSITIVE_IMAGE_RETENTION_DAYS = "sensitive_image_retention_days"
    SECOND_NOTICE_MAY_NOT_ADD = "second_notice_may_not_add"
    CLERK_AND_RECOMMENDER_MAY_COINCIDE = "clerk_and_recommender_may_coincide"
    FILING_ON_NON_WORKING_DAY_COUNTS_NEXT = "filing_on_non_working_day_counts_next"
    EMPLOYER_REPORT_WORKING_DAYS = "employer_report_working_days"
    PORTRAIT_WIDTH_PX = "portrait_width_px"
    PORTRAIT_HEIGHT_PX = "portrait_height_px"
    PLEDGE_CALENDAR_DAYS = "pledge_calendar_days"
    PLEDGE_REMINDERS = "pledge_reminders"


#: Only a rule set that lets a paper be pledged must state these (facts.md 6.3, 容缺受理).
PLEDGE_PARAMETERS = frozenset({ParameterName.PLEDGE_CALENDAR_DAYS, ParameterName.PLEDGE_REMINDERS})
#: Without these nobody knows who applies, so they are never pledged.
NEVER_PLEDGED = frozenset({"id_document_front", "id_document_back", "portrait"})


#: In place of a date: the day the application was filed, which is also the day age is measured.
FILED_ON = "filed_on"
