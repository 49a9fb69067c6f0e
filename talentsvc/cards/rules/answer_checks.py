"""What is wrong with typed answers: every problem of a step at once, as field and code.

Pure, so that the form, the check page and the filing itself say the same. Who the person is, is
checked by the rules of persons; here only whether those values are of their kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from talentsvc.cards.rules.answers import (
    ANSWERED,
    Answers,
    Step,
    applicable,
    gaps_of,
    is_blank,
    is_of_kind,
)
from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.policy.rules.facts import ATTRIBUTES
from talentsvc.policy.terms import StudyMode

#: Longest texts, in characters (origin: design).
LONGEST: Mapping[str, int] = {"job_title": 60, "school_name": 100, "using_unit": 100}
#: Nobody who applies today studied or worked before this day.
EARLIEST = date(1950, 1, 1)
#: A contract is signed at most this long before it begins (origin: design).
AHEAD = timedelta(days=366)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: the field, and a code for the sentence."""

    field: str
    code: str


def problems_in(answers: Answers, on: date) -> dict[Step, tuple[Problem, ...]]:
    """Every problem of the whole form on a day, by step; steps without one are left out."""
    found = {step: problems_of(step, answers.get(step, {}), on) for step in ANSWERED}
    return {step: problems for step, problems in found.items() if problems}


def problems_of(step: Step, values: Mapping[str, Any], on: date) -> tuple[Problem, ...]:
    """Every problem of one step, one for each field: what is missing, then what cannot be right."""
    missing = [Problem(name, "missing") for name in gaps_of(step, values)]
    asked = {name: value for name, value in applicable(step, values).items() if not is_blank(value)}
    wrong = [Problem(name, code) for name, code in _wrong(step, asked, on) if name in asked]
    first: dict[str, Problem] = {}
    for problem in missing + wrong:
        first.setdefault(problem.field, problem)
    return tuple(first.values())


def _wrong(step: Step, asked: Mapping[str, Any], on: date) -> list[tuple[str, str]]:
    found = [(name, code) for name, value in asked.items() if (code := _shape(name, value))]
    misshapen = {name for name, _ in found}
    sound = {name: value for name, value in asked.items() if name not in misshapen}
    return found + _CHECKS.get(step, _nothing)(sound, on)


def _shape(name: str, value: object) -> str | None:
    """What makes a value unreadable, before anybody asks whether it makes sense."""
    if name in LONGEST:
        return _text_problem(value, LONGEST[name])
    if name in _KINDS:
        return None if _KINDS[name](value) else "shape"
    if name in ATTRIBUTES and not is_of_kind(name, value):
        return "date" if name.endswith("_on") else "shape"
    return None


def _text_problem(value: object, longest: int) -> str | None:
    if not isinstance(value, str):
        return "shape"
    return "too_long" if len(value) > longest else None


def _is_uuid(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "employer_id": _is_uuid,
    "document_kind": lambda value: value in tuple(DocumentKind),
    "sex": lambda value: value in tuple(Sex),
    "document_valid_until": _is_day,
    "name": lambda value: isinstance(value, str),
    "phone": lambda value: isinstance(value, str),
    "document_number": lambda value: isinstance(value, str),
}


def _nothing(sound: Mapping[str, Any], on: date) -> list[tuple[str, str]]:
    return []


def _education(sound: Mapping[str, Any], on: date) -> list[tuple[str, str]]:
    found = _outside(sound, "graduated_on", EARLIEST, on)
    studied_here = sound.get("graduation_country") == "CN"
    if studied_here and sound.get("study_mode") == StudyMode.ABROAD:
        found.append(("study_mode", "does_not_fit"))
    return found


def _work(sound: Mapping[str, Any], on: date) -> list[tuple[str, str]]:
    found = [
        problem
        for name, latest in (
            ("contract_start_on", on + AHEAD),
            ("employment_start_on", on + AHEAD),
            ("title_issued_on", on),
            ("skill_issued_on", on),
        )
        for problem in _outside(sound, name, EARLIEST, latest)
    ]
    start, end = sound.get("contract_start_on"), sound.get("contract_end_on")
    if start and end and date.fromisoformat(end) < date.fromisoformat(start):
        found.append(("contract_end_on", "before_start"))
    return found


def _outside(
    sound: Mapping[str, Any], name: str, earliest: date, latest: date
) -> list[tuple[str, str]]:
    if name not in sound:
        return []
    day = date.fromisoformat(sound[name])
    if day < earliest:
        return [(name, "too_early")]
    return [(name, "too_late")] if day > latest else []


_CHECKS: Mapping[Step, Callable[[Mapping[str, Any], date], list[tuple[str, str]]]] = {
    Step.EDUCATION: _education,
    Step.WORK: _work,
}
