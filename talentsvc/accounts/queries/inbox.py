"""Reads of the inbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel

#: A header that says "99+" needs no exact count.
UNREAD_MOST = 99


def unread_count(account_id: UUID) -> int:
    """How many messages of the inbox are unread, at most `UNREAD_MOST + 1`."""
    unread = (
        select(Notice.id)
        .where(*_inbox(account_id), Notice.read_at.is_(None))
        .limit(UNREAD_MOST + 1)
        .subquery()
    )
    return db.session.execute(select(func.count()).select_from(unread)).scalar_one()


def inbox_of(account_id: UUID, cursor: str | None, size: int = 20) -> PageOf[Notice]:
    """Messages of an account, the latest first."""
    keys = (Key(Notice.queued_at, descending=True), Key(Notice.id, descending=True))
    return keyset(db.session, select(Notice).where(*_inbox(account_id)), keys, cursor, size)


def notice_in_inbox(account_id: UUID, notice_id: UUID) -> Notice:
    """One message of an account. Errors: NotFoundHere, also for somebody else's."""
    statement = select(Notice).where(Notice.id == notice_id, *_inbox(account_id))
    notice = db.session.execute(statement).scalar_one_or_none()
    if notice is None:
        raise NotFoundHere()
    return notice


def _inbox(account_id: UUID) -> tuple[Any, ...]:
    return Notice.account_id == account_id, Notice.channel == Channel.INBOX
