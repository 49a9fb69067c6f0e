"""Public notices that run: what time or an upheld objection has ended is not read any more (PIPL 25)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from talentsvc.cards.models import PublicNotice
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.extensions.database import db

PAGE_SIZE = 20


def running_notices(cursor: str | None, at: datetime) -> PageOf[Any]:
    """Notices that run at a moment, the one that ends last first. One query."""
    statement = select(PublicNotice).where(_runs(at))
    order = (Key(PublicNotice.ends_at, descending=True), Key(PublicNotice.id, descending=True))
    return keyset(db.session, statement, order, cursor, PAGE_SIZE)


def running_notice(notice_id: UUID, at: datetime) -> PublicNotice:
    """One notice. Errors: NotFoundHere as soon as its last day is over, no job needed."""
    notice = db.session.execute(
        select(PublicNotice).where(PublicNotice.id == notice_id, _runs(at))
    ).scalar_one_or_none()
    if notice is None:
        raise NotFoundHere()
    return notice


def _runs(at: datetime) -> ColumnElement[bool]:
    return and_(PublicNotice.ends_at > at, PublicNotice.taken_down_at.is_(None))
