"""What a criterion may read about a person, and what kind of value each of these is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from talentsvc.policy.terms import (
    DegreeStatus,
    Distinction,
    EducationLevel,
    EmployerLevel,
    EmployerType,
    Listing,
    SkillLevel,
    StudyMode,
    TitleLevel,
)

#: A value as JSON stores it.
Plain: TypeAlias = "str | int | bool | list[str] | None"
#: A value as the rules compare it.
FactValue: TypeAlias = "str | int | bool | date | frozenset[Any] | None"


class AttributeKind(StrEnum):
    """What sort of value an attribute holds; it decides which operators may ask about it."""

    DATE = "date"
    ORDERED = "ordered"
    CODE = "code"
    CODES = "codes"
    FLAG = "flag"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class Attribute:
    """One thing a criterion may ask about; `codes` is the enum of its values, where it has one."""

    name: str
    kind: AttributeKind
    codes: type[StrEnum] | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicantFacts:
    """What is known of an applicant on the day of filing; None means unknown, never "no".

    `employer_*` and `is_*_in_zone` describe the employer that endorses the application.
    Of a dispatched person that employer is only on paper, so the using unit is asked for
    besides (facts.md 8b, 28). `came_from_outside_city` is about the person's coming to the
    city, `arrived_on` the first day of work in the zone. Countries are ISO 3166-1 alpha-2,
    with HK, MO and TW of their own because their degrees need certifying as well.
    """

    birth_on: date | None = None
    is_document_two_sided: bool | None = None
    education_level: EducationLevel | None = None
    degree_status: DegreeStatus | None = None
    study_mode: StudyMode | None = None
    graduated_on: date | None = None
    graduation_country: str | None = None
    school_name: str | None = None
    listings: frozenset[Listing] | None = None
    listing_edition: str | None = None
    title_level: TitleLevel | None = None
    title_issued_on: date | None = None
    skill_level: SkillLevel | None = None
    skill_issued_on: date | None = None
    is_scarce_trade: bool | None = None
    distinctions: frozenset[Distinction] | None = None
    granted_patents: int | None = None
    is_converted_locally: bool | None = None
    is_leading_large_enterprise: bool | None = None
    special_skill_claimed: bool | None = None
    special_skill_recognised: bool | None = None
    employer_type: EmployerType | None = None
    employer_level: EmployerLevel | None = None
    is_registered_in_zone: bool | None = None
    is_taxed_in_zone: bool | None = None
    is_dispatched: bool | None = None
    is_using_unit_in_zone: bool | None = None
    contract_start_on: date | None = None
    contract_end_on: date | None = None
    is_contract_open_ended: bool | None = None
    contract_months: int | None = None
    is_insured_in_zone: bool | None = None
    employment_start_on: date | None = None
    is_founder: bool | None = None
    holds_higher_card: bool | None = None
    came_from_outside_city: bool | None = None
    arrived_on: date | None = None

    def value_of(self, attribute: str) -> FactValue:
        """The value a criterion compares; KeyError for an attribute nobody knows."""
        value: FactValue = getattr(self, ATTRIBUTES[attribute].name)
        return value

    def to_json(self) -> dict[str, Plain]:
        """Only what is known, under ASCII keys, dates in ISO form, sets sorted."""
        known = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: to_plain(value) for name, value in known if value is not None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Plain]) -> ApplicantFacts:
        """The reverse of `to_json`.

        Raises ValueError for an attribute nobody knows or a value that is not of its kind.
        """
        unknown = sorted(set(stored) - set(ATTRIBUTES))
        if unknown:
            raise ValueError(f"unknown attributes: {', '.join(unknown)}")
        known: dict[str, Any] = {
            name: from_plain(ATTRIBUTES[name], plain) for name, plain in stored.items()
        }
        return cls(**known)


def _of(kind: AttributeKind, *names: str) -> list[Attribute]:
    return [Attribute(name, kind) for name in names]


#: Every field of `ApplicantFacts` by name; a criterion on anything else stops activation.
ATTRIBUTES: Mapping[str, Attribute] = {
    attribute.name: attribute
    for attribute in [
        *_of(
            AttributeKind.DATE,
            "birth_on",
            "graduated_on",
            "title_issued_on",
            "skill_issued_on",
            "contract_start_on",
            "contract_end_on",
            "employment_start_on",
            "arrived_on",
        ),
        *_of(
            AttributeKind.FLAG,
            "is_document_two_sided",
            "is_scarce_trade",
            "is_converted_locally",
            "is_leading_large_enterprise",
            "special_skill_claimed",
            "special_skill_recognised",
            "is_registered_in_zone",
            "is_taxed_in_zone",
            "is_dispatched",
            "is_using_unit_in_zone",
            "is_contract_open_ended",
            "is_insured_in_zone",
            "is_founder",
            "holds_higher_card",
            "came_from_outside_city",
        ),
        *_of(AttributeKind.NUMBER, "granted_patents", "contract_months"),
        *_of(AttributeKind.TEXT, "graduation_country", "school_name", "listing_edition"),
        Attribute("education_level", AttributeKind.ORDERED, EducationLevel),
        Attribute("title_level", AttributeKind.ORDERED, TitleLevel),
        Attribute("skill_level", AttributeKind.ORDERED, SkillLevel),
        Attribute("employer_level", AttributeKind.ORDERED, EmployerLevel),
        Attribute("degree_status", AttributeKind.CODE, DegreeStatus),
        Attribute("study_mode", AttributeKind.CODE, StudyMode),
        Attribute("employer_type", AttributeKind.CODE, EmployerType),
        Attribute("listings", AttributeKind.CODES, Listing),
        Attribute("distinctions", AttributeKind.CODES, Distinction),
    ]
}


def to_plain(value: object) -> Plain:
    """A value as JSON stores it: no floats, dates in ISO form, collections as sorted lists."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | tuple):
        return sorted(str(member) for member in value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} is not a value a rule can hold")


def from_plain(attribute: Attribute, plain: object) -> FactValue:
    """A stored value as the rules compare it; ValueError if it is not of the attribute's kind."""
    if plain is None:
        return None
    if attribute.kind is AttributeKind.CODES:
        if not isinstance(plain, list):
            raise ValueError(f"{attribute.name}: a list of codes is needed")
        return frozenset(_code(attribute, member) for member in plain)
    return _single(attribute, plain)


def _single(attribute: Attribute, plain: object) -> FactValue:
    kind = attribute.kind
    if kind in (AttributeKind.CODE, AttributeKind.ORDERED):
        return _code(attribute, plain)
    if kind is AttributeKind.FLAG and isinstance(plain, bool):
        return plain
    if kind is AttributeKind.NUMBER and isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    if kind is AttributeKind.TEXT and isinstance(plain, str):
        return plain
    if kind is AttributeKind.DATE and isinstance(plain, str):
        return date.fromisoformat(plain)
    raise ValueError(f"{attribute.name}: {plain!r} is not a {kind.value}")


def _code(attribute: Attribute, plain: object) -> StrEnum:
    if attribute.codes is None:
        raise ValueError(f"{attribute.name} has no codes")
    return attribute.codes(str(plain))
