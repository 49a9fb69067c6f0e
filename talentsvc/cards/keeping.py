"""The sensitive images of a case: which are still here, and until when each is kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.models import Application, Evidence
from talentsvc.cards.rules.keeping import kept_until
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.policy.queries import rules_of


def images_left(application_id: UUID) -> list[tuple[Evidence, StoredFile]]:
    """Sensitive files of a case whose bytes are still here, replaced ones among them."""
    statement = (
        select(Evidence, StoredFile)
        .join(StoredFile, StoredFile.id == Evidence.file_id)
        .where(
            Evidence.application_id == application_id,
            StoredFile.is_sensitive.is_(True),
            StoredFile.removed_at.is_(None),
        )
        .order_by(Evidence.id)
    )
    return [(evidence, stored) for evidence, stored in db.session.execute(statement)]


def retention_days(application: Application) -> dict[str, int]:
    """Days of keeping by item, as the case's own rules say."""
    if application.category_code is None:
        return {}
    try:
        category = rules_of(application.rule_set_id).category(
            application.tier, application.category_code
        )
    except KeyError:
        return {}
    return {
        item.code: item.retention_days
        for item in category.evidence
        if item.is_sensitive and item.retention_days is not None
    }


def last_day_of(item_code: str, closed_on: date, days: dict[str, int], usual: int) -> date:
    """The last day on which images under an item are kept."""
    return kept_until(closed_on, days.get(item_code, usual))
