"""A person has seen to a message that failed, or whose fate is unsure, in another way."""

from __future__ import annotations

from uuid import UUID

from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import NoticeState


def settle_notice(notice_id: UUID) -> bool:
    """End it; False when nothing was left to see to, because it was sent or queued meanwhile."""
    notice = db.session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
    if notice is None or notice.state not in {NoticeState.DEAD, NoticeState.UNSURE}:
        return False
    notice.state = NoticeState.SETTLED
    return True
