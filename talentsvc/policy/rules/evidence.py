"""Which papers an applicant is asked for, and which of them are still missing (facts.md 8.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from talentsvc.policy.rules.conditions import holds
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.rules.shapes import Category, EvidenceItem
from talentsvc.policy.terms import EvidenceNeed, EvidenceSource

_OPTIONAL = EvidenceNeed.OPTIONAL


def items_needed(category: Category, facts: ApplicantFacts) -> tuple[EvidenceItem, ...]:
    """The papers this applicant may bring, each with the need that the known facts leave.

    Papers on the employer's record or brought by its endorsement are never asked of the applicant
    (令 716). A group that the facts have narrowed to one paper offers no choice: it is required.
    """
    items = [
        item if _is_called_for(item, facts) else replace(item, need=_OPTIONAL, group=None)
        for item in category.evidence
        if item.source is EvidenceSource.APPLICANT
    ]
    members = Counter(item.group for item in items if item.group is not None)
    alone = {group for group, count in members.items() if count == 1}
    return tuple(
        replace(item, need=EvidenceNeed.REQUIRED, group=None) if item.group in alone else item
        for item in items
    )


def missing_items(
    category: Category, facts: ApplicantFacts, present: Collection[str]
) -> tuple[EvidenceItem, ...]:
    """The papers without which the form cannot be filed; `present` are the codes that have a file.

    Of a group without any file all members are given: one of them is enough.
    """
    items = items_needed(category, facts)
    served = {item.group for item in items if item.group is not None and item.code in present}
    return tuple(
        item
        for item in items
        if (item.need is EvidenceNeed.REQUIRED and item.code not in present)
        or (item.need is EvidenceNeed.ONE_OF and item.group not in served)
    )


def _is_called_for(item: EvidenceItem, facts: ApplicantFacts) -> bool:
    # No condition of a paper reads the day of filing; the loader refuses one that would.
    day = date.min
    if item.when is not None and not holds(item.when, facts, day):
        return False
    return item.unless is None or not holds(item.unless, facts, day)
