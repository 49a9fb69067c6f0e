"""Evidence of a case: the items its category asks for, and the files under each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.models import Application, Evidence, Pledge
from talentsvc.cards.terms import PledgeState
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import ScanState
from talentsvc.policy.queries import rules_of
from talentsvc.policy.rules.evidence import items_needed, missing_items
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.rules.shapes import Category, EvidenceItem


@dataclass(frozen=True)
class EvidenceFile:
    """One file under an item."""

    evidence: Evidence
    file: StoredFile


def category_of(application: Application) -> Category | None:
    """The category a case is filed under, by its own rule set; None while none is chosen."""
    if application.category_code is None:
        return None
    try:
        return rules_of(application.rule_set_id).category(
            application.tier, application.category_code
        )
    except KeyError:
        # A draft may have been begun under rules that knew another category.
        return None


def items_for(application: Application, facts: ApplicantFacts) -> tuple[EvidenceItem, ...]:
    """The items this applicant is asked for: the category's list, narrowed by what is known."""
    category = category_of(application)
    return items_needed(category, facts) if category is not None else ()


def missing_for(application: Application, facts: ApplicantFacts) -> tuple[EvidenceItem, ...]:
    """Required items with neither a file that can be used nor a pledge in its place."""
    category = category_of(application)
    if category is None:
        return ()
    present = codes_present(files_of(application.id)) | pledged_codes(application)
    return missing_items(category, facts, present)


def pledged_codes(application: Application) -> frozenset[str]:
    """Items for which a pledge stands, as far as the case's own rules let them be pledged."""
    category = category_of(application)
    may = {item.code for item in (category.evidence if category else ()) if item.may_be_pledged}
    if not may:
        return frozenset()
    statement = select(Pledge.item_code).where(
        Pledge.application_id == application.id,
        Pledge.state == PledgeState.OPEN,
        Pledge.item_code.in_(may),
    )
    return frozenset(db.session.execute(statement).scalars())


def codes_present(files: Iterable[EvidenceFile]) -> frozenset[str]:
    """Items that have a file; one that the scanner refused does not count."""
    return frozenset(
        entry.evidence.item_code
        for entry in files
        if entry.file.scan_state is not ScanState.INFECTED
    )


def files_of(application_id: UUID) -> list[EvidenceFile]:
    """Every file of a case that was not taken back, by item and position. One query."""
    rows = db.session.execute(
        select(Evidence, StoredFile)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.application_id == application_id, Evidence.removed_at.is_(None))
        .order_by(Evidence.item_code, Evidence.position, Evidence.id)
    )
    return [EvidenceFile(evidence, file) for evidence, file in rows]
