"""Words of dated facts about talent."""

from __future__ import annotations

from enum import StrEnum


class FactSource(StrEnum):
    """Where a fact comes from."""

    CARD = "card"
    INSURANCE = "insurance"
    FAIR_RESULT = "fair_result"
    EMPLOYER_REPORT = "employer_report"
