"""The one-time notices of a case and their items."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.models import CorrectionItem, CorrectionNotice
from talentsvc.cards.rules.corrections import NoticeItem
from talentsvc.extensions.database import db


def last_notice(application_id: UUID) -> CorrectionNotice | None:
    """The newest one-time notice of a case, if there was one."""
    return db.session.execute(
        select(CorrectionNotice)
        .where(CorrectionNotice.application_id == application_id)
        .order_by(CorrectionNotice.number.desc())
        .limit(1)
    ).scalar_one_or_none()


def item_rows(notice: CorrectionNotice) -> list[CorrectionItem]:
    """The items of a notice, in its order."""
    return list(
        db.session.execute(
            select(CorrectionItem)
            .where(CorrectionItem.notice_id == notice.id)
            .order_by(CorrectionItem.position)
        ).scalars()
    )


def items_of(notice: CorrectionNotice) -> tuple[NoticeItem, ...]:
    """The same as the rules read them."""
    return tuple(NoticeItem(row.kind, row.code, row.explanation) for row in item_rows(notice))
