"""Sending in three steps: lease and commit; send with no transaction open; mark and commit (G5).

A worker that dies before it talks to the mail server loses nothing: the lease runs out and another
takes over. One that dies between the server's answer and the mark leaves `unsure`, which is never
sent again by itself and becomes a task for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.notices.registry import kind_of
from talentsvc.notices.rendering import RenderedNotice, render_notice
from talentsvc.notices.sending import PermanentFailure, Sender, TemporaryFailure
from talentsvc.notices.terms import NoticeState

LEASE = timedelta(minutes=2)
BATCH = 20
#: Waits after each failed try; the last failure makes the notice dead. Together about a day and a half.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240, 480, 960))


@dataclass(frozen=True)
class Leased:
    """One message in a worker's hands, rendered, with the token that proves it."""

    id: UUID
    token: UUID
    rendered: RenderedNotice


def send_due(sender: Sender, *, limit: int = BATCH) -> int:
    """Lease and send up to `limit` due messages, one connection for all. Returns how many were tried."""
    with unit_of_work():
        leased = lease_due(at=now(), limit=limit)
    for notice in leased:
        send_one(notice, sender)
    return len(leased)


def lease_due(*, at: datetime, limit: int) -> list[Leased]:
    """Take due messages that no other worker holds."""
    statement = (
        select(Notice)
        .where(Notice.state == NoticeState.QUEUED, Notice.next_attempt_at <= at)
        .order_by(Notice.next_attempt_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    leased = []
    for notice in db.session.execute(statement).scalars():
        notice.state = NoticeState.LEASED
        notice.lease_until = at + LEASE
        notice.lease_token = uuid7()
        notice.is_handed_over = False
        notice.attempts += 1
        leased.append(Leased(notice.id, notice.lease_token, render_notice(notice)))
    return leased


def send_one(leased: Leased, sender: Sender) -> None:
    """Send one leased message and write down what came of it."""
    with unit_of_work():
        if not _begin_handing_over(leased):
            return
    try:
        sender.send(leased.rendered)
    except PermanentFailure as failure:
        with unit_of_work():
            _mark_failed(leased, failure.reason, is_permanent=True)
    except TemporaryFailure as failure:
        with unit_of_work():
            _mark_failed(leased, failure.reason, is_permanent=False)
    else:
        with unit_of_work():
            _mark_sent(leased)


def _held(leased: Leased) -> Notice | None:
    """The row, if this try still holds it."""
    statement = (
        select(Notice)
        .where(Notice.id == leased.id, Notice.lease_token == leased.token)
        .with_for_update()
    )
    notice = db.session.execute(statement).scalar_one_or_none()
    return notice if notice is not None and notice.state is NoticeState.LEASED else None


def _begin_handing_over(leased: Leased) -> bool:
    """From here on a death leaves doubt: the server may have the message already."""
    notice = _held(leased)
    if notice is None or notice.lease_until is None or notice.lease_until <= now():
        return False
    notice.is_handed_over = True
    return True


def _mark_sent(leased: Leased) -> None:
    # A sweep may have called it unsure while the server was slow; the answer settles the doubt.
    statement = select(Notice).where(Notice.id == leased.id).with_for_update()
    notice = db.session.execute(statement).scalar_one()
    if notice.lease_token != leased.token:
        return
    notice.state = NoticeState.SENT
    notice.sent_at = now()
    notice.lease_until = None
    notice.last_error = None
    if kind_of(notice.kind).is_secret:
        notice.params_sealed = None


def _mark_failed(leased: Leased, reason: str, *, is_permanent: bool) -> None:
    notice = _held(leased)
    if notice is None:
        return
    notice.lease_until = None
    notice.lease_token = None
    notice.is_handed_over = False
    notice.last_error = reason[:200]
    if is_permanent or notice.attempts > len(BACKOFF):
        notice.state = NoticeState.DEAD
        return
    notice.state = NoticeState.QUEUED
    notice.next_attempt_at = now() + BACKOFF[notice.attempts - 1]
