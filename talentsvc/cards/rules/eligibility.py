"""PLACEHOLDER by the lead so that the app imports meanwhile: the rules helper overwrites this file,
keeping these two functions (see cards/reviewing.py for how they are called)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from talentsvc.cards.terms import FindingOutcome


@dataclass(frozen=True)
class Problem:
    """Why not: a stable code and the criterion it is about."""

    code: str
    criterion_code: str = ""


def recommendation_problem(
    evaluation: Mapping[str, Any], findings: Mapping[str, tuple[FindingOutcome, str]], *, is_positive: bool
) -> Problem | None:
    """Overwritten soon."""
    return None


def approval_problem(
    evaluation: Mapping[str, Any], findings: Mapping[str, tuple[FindingOutcome, str]], *, is_recommended: bool
) -> Problem | None:
    """Overwritten soon."""
    return None
