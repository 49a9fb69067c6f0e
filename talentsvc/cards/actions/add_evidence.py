"""A file is added under an item of the evidence list."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.drafting import items_taking_files
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.models import Evidence
from talentsvc.cards.pledging import drop_unbegun
from talentsvc.core.errors import NotAllowedNow, NotFoundHere, QuotaExhausted
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.policy.terms import EvidenceSource


def add_evidence(
    application_id: UUID, *, item_code: str, file: StoredFile, actor: Actor, at: datetime
) -> Evidence:
    """Put a stored file under an item.

    Errors: NotFoundHere for somebody else's case or an item that is not asked of the applicant,
    NotAllowedNow when the item cannot be changed in this state, QuotaExhausted("too_many_files")
    above the item's number of files.
    """
    case = own_case(application_id, actor=actor, at=at)
    category = category_of(case.application)
    items = {
        item.code: item
        for item in (category.evidence if category else ())
        if item.source is EvidenceSource.APPLICANT
    }
    if item_code not in items:
        raise NotFoundHere()
    if item_code not in items_taking_files(case.application, frozenset(items)):
        raise NotAllowedNow(case.state, "add_evidence")
    count, last = _held(application_id, item_code)
    if count >= items[item_code].max_files:
        raise QuotaExhausted("too_many_files", most=items[item_code].max_files)
    evidence = Evidence(
        application_id=application_id,
        item_code=item_code,
        file_id=file.id,
        position=last + 1,
        added_at=at,
    )
    db.session.add(evidence)
    drop_unbegun(case.application, item_code)
    case.application.updated_at = at
    db.session.flush()
    return evidence


def _held(application_id: UUID, item_code: str) -> tuple[int, int]:
    """How many files an item has, and the highest position ever given."""
    count, last = db.session.execute(
        select(
            func.count().filter(Evidence.removed_at.is_(None)), func.max(Evidence.position)
        ).where(Evidence.application_id == application_id, Evidence.item_code == item_code)
    ).one()
    return count, last or 0
