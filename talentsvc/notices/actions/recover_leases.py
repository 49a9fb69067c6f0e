"""Leases that ran out: tried again when nothing was handed over, else `unsure` and a task (G5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from talentsvc.extensions.database import db
from talentsvc.notices.failures import InDoubt, Refused
from talentsvc.notices.models import Notice
from talentsvc.notices.outcomes import mark_failed, queue_again
from talentsvc.notices.rules import TRIES
from talentsvc.notices.terms import NoticeState, Trouble

BATCH = 500
#: A slow mail server may still answer after the lease; only a much older doubt is called one.
GRACE = timedelta(minutes=3)


def recover_leases(*, at: datetime) -> int:
    """Free what a dead worker held, or call it unsure. Returns how many there were.

    A message that was in a worker's hands each time one died is not tried forever: after the last
    try it is a person's, like any other failure.
    """
    statement = (
        select(Notice)
        .where(Notice.state == NoticeState.LEASED, Notice.lease_until <= at)
        .order_by(Notice.lease_until)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    recovered = 0
    for notice in db.session.execute(statement).scalars():
        recovered += _recover(notice, at)
    return recovered


def _recover(notice: Notice, at: datetime) -> bool:
    if notice.is_handed_over:
        if notice.lease_until is None or notice.lease_until + GRACE > at:
            return False
        mark_failed(notice, InDoubt(Trouble.WORKER_DIED), at=at)
    elif notice.attempts >= TRIES:
        mark_failed(notice, Refused(Trouble.WORKER_DIED), at=at)
    else:
        queue_again(notice, at=at)
        notice.last_error = Trouble.WORKER_DIED.value
    return True
