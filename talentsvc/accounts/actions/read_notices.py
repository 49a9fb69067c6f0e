"""Marking messages of the inbox as read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel


def read_notices(account_id: UUID, *, at: datetime, only: UUID | None = None) -> int:
    """Mark `only` one message, or all of an account's inbox, as read; return how many were not.

    The id of another account's message marks nothing.
    """
    statement = update(Notice).where(
        Notice.account_id == account_id, Notice.channel == Channel.INBOX, Notice.read_at.is_(None)
    )
    if only is not None:
        statement = statement.where(Notice.id == only)
    read = db.session.execute(statement.values(read_at=at).returning(Notice.id)).scalars()
    return len(list(read))
