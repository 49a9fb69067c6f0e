"""The one-time notices of a case, their items, and which of these are dealt with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards.models import CorrectionItem, CorrectionNotice, Evidence, Pledge
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.rules.corrections import NoticeItem
from talentsvc.cards.terms import CorrectionItemKind, PledgeState
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import ScanState


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


def answered_items(
    notice: CorrectionNotice, items: Iterable[CorrectionItem], changed: Collection[Step]
) -> frozenset[UUID]:
    """Ids of the items that are dealt with: a paper by a usable file added since the notice, an answer
    by having been changed."""
    added = set(
        db.session.execute(
            select(Evidence.item_code)
            .join(StoredFile, StoredFile.id == Evidence.file_id)
            .where(
                Evidence.application_id == notice.application_id,
                Evidence.removed_at.is_(None),
                Evidence.added_at > notice.created_at,
                StoredFile.scan_state != ScanState.INFECTED,
            )
        ).scalars()
    )
    # A pledge given since the notice stands in the paper's place (容缺受理).
    pledged = select(Pledge.item_code).where(
        Pledge.application_id == notice.application_id,
        Pledge.state == PledgeState.OPEN,
        Pledge.given_at > notice.created_at,
    )
    added |= set(db.session.execute(pledged).scalars())
    dealt_with: dict[CorrectionItemKind, Collection[str]] = {
        CorrectionItemKind.EVIDENCE: added,
        CorrectionItemKind.ANSWER: {step.value for step in changed},
    }
    return frozenset(row.id for row in items if row.code in dealt_with[row.kind])
