"""Which papers an applicant is asked for, and which of them are still missing (facts.md 8.5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from talentsvc.policy.rules.conditions import holds
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.rules.shapes import Category, EvidenceItem
from talentsvc.policy.terms import EvidenceNeed, EvidenceSource


def items_needed(category: Category, facts: ApplicantFacts) -> tuple[EvidenceItem, ...]:
    """The papers this applicant may bring, each with the need that the known facts leave.

    Papers on the employer's record or brought by its endorsement are never asked of the applicant
    (令 716). Where an item's condition is known not to hold, its need becomes optional; while it is
    unknown the item is asked for.
    """
    return tuple(
        _narrowed(item, facts)
        for item in category.evidence
        if item.source is EvidenceSource.APPLICANT
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


def _narrowed(item: EvidenceItem, facts: ApplicantFacts) -> EvidenceItem:
    # No condition of a paper reads the day of filing; the loader refuses one that would.
    if item.when is None or holds(item.when, facts, date.min) is not False:
        return item
    return replace(item, need=EvidenceNeed.OPTIONAL, group=None)
