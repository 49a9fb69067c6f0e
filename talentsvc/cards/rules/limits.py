"""The numbers of a rule set that the case clock runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, get_type_hints

from talentsvc.cards.terms import NoticeUnit


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Time limits and switches of one rule set, named as its parameters are (facts.md 8.2, 8.3).

    Names ending in `_working_days`, `_calendar_days`, `_days` or `_years` say what they count.
    The defaults of `demo-2026` are policy data and therefore not repeated here.
    """

    intake_working_days: int
    correction_calendar_days: int
    correction_check_working_days: int
    correction_reminders: tuple[int, ...]
    endorsement_working_days: int
    endorsement_reminder_working_days: int
    recommendation_working_days: int
    decision_working_days: int
    decision_extension_working_days: int
    notice_length: int
    notice_unit: NoticeUnit
    objection_working_days: int
    issue_working_days: int
    review_request_working_days: int
    review_working_days: int
    card_validity_years: int
    renewal_opens_days: int
    renewal_filed_by_days: int
    clerk_and_recommender_may_coincide: bool
    filing_on_non_working_day_counts_next: bool
    sensitive_image_retention_days: int
    #: Only where a rule set lets a paper be pledged; the schema sees to it that both are stated then.
    pledge_calendar_days: int = 0
    pledge_reminders: tuple[int, ...] = ()

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, object]) -> Limits:
        """Read the limits from plain values by parameter name; other names are left alone.

        Raises ValueError, naming the parameter, for one that is missing or not of its kind: a
        clock must not run on a guess.
        """
        kinds = get_type_hints(cls)
        values: dict[str, Any] = {
            field.name: _value(field.name, kinds[field.name], parameters)
            for field in fields(cls)
            if field.default is MISSING or field.name in parameters
        }
        return cls(**values)


def _value(name: str, kind: object, parameters: Mapping[str, object]) -> object:
    if name not in parameters:
        raise ValueError(f"parameter {name} is missing")
    value = parameters[name]
    if kind is int:
        return _count(name, value)
    if kind is bool:
        return _switch(name, value)
    if kind is NoticeUnit:
        return _unit(name, value)
    return _counts(name, value)


def _count(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"parameter {name} is not a whole number from 0 on: {value!r}")
    return value


def _counts(name: str, value: object) -> tuple[int, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"parameter {name} is not a list of numbers: {value!r}")
    return tuple(_count(name, member) for member in value)


def _switch(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"parameter {name} is neither true nor false: {value!r}")
    return value


def _unit(name: str, value: object) -> NoticeUnit:
    if value not in tuple(NoticeUnit):
        raise ValueError(f"parameter {name} is no unit of a notice: {value!r}")
    return NoticeUnit(str(value))
