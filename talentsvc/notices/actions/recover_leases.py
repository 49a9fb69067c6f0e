"""Leases that ran out: tried again when nothing was handed over, else `unsure` and a task (G5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import NoticeState

BATCH = 500
#: A slow mail server may still answer after the lease; only a much older doubt is called one.
GRACE = timedelta(minutes=3)


def recover_leases(*, at: datetime) -> list[Notice]:
    """Free what a dead worker held. Returns the messages that are unsure now, for their tasks."""
    statement = (
        select(Notice)
        .where(Notice.state == NoticeState.LEASED, Notice.lease_until <= at)
        .order_by(Notice.lease_until)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    unsure = []
    for notice in db.session.execute(statement).scalars():
        if not notice.is_handed_over:
            notice.state = NoticeState.QUEUED
            notice.next_attempt_at = at
        elif notice.lease_until is not None and notice.lease_until + GRACE <= at:
            notice.state = NoticeState.UNSURE
            notice.last_error = "the worker died while the mail server had it"
            unsure.append(notice)
        else:
            continue
        notice.lease_until = None
        if notice.state is NoticeState.QUEUED:
            notice.lease_token = None
    return unsure
