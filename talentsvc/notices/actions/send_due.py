"""Sending in three steps: lease and commit; send with no transaction open; mark and commit (G5).

A worker that dies before it hands a message over loses nothing: the lease runs out and another takes
over. One that dies between the server's answer and the mark leaves `unsure`, which is never sent
again by itself and becomes a task for a person.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select

from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.failures import ChannelDown, InDoubt, NotNow, SendingFailure
from talentsvc.notices.models import Notice
from talentsvc.notices.outcomes import mark_failed, mark_sent
from talentsvc.notices.rendering import RenderedNotice, render_notice
from talentsvc.notices.sending import HandOver, Sender, Senders
from talentsvc.notices.terms import Channel, NoticeState, Trouble

log = structlog.get_logger(__name__)

#: Longer than one step of the mail server's may take; `recover_leases` gives the last one its grace.
LEASE = timedelta(minutes=2)
#: A task ends after this long, so that a stopping worker need not be killed over a full outbox.
SECONDS = 8.0


@dataclass(frozen=True)
class Leased:
    """One message in a worker's hands, with the token that proves it; not rendered if it cannot be."""

    id: UUID
    token: UUID
    channel: Channel
    rendered: RenderedNotice | None


def send_due(senders: Senders, *, seconds: float = SECONDS) -> int:
    """Send what is due, the urgent first, for at most some seconds. Returns how many were tried.

    A channel that is down is left alone until the next call: its messages keep their tries, and the
    others are not held up by its time limits.
    """
    ends_at = time.monotonic() + seconds
    down: set[Channel] = set()
    tried = 0
    while time.monotonic() < ends_at:
        with unit_of_work():
            leased = lease_next(at=now(), but=down)
        if leased is None:
            break
        tried += 1
        if not deliver(leased, senders[leased.channel]):
            down.add(leased.channel)
    return tried


def lease_next(*, at: datetime, but: Collection[Channel] = ()) -> Leased | None:
    """Take the first due message that no other worker holds."""
    statement = (
        select(Notice)
        .where(
            Notice.state == NoticeState.QUEUED,
            Notice.next_attempt_at <= at,
            Notice.channel.not_in(list(but)),
        )
        .order_by(Notice.priority, Notice.next_attempt_at, Notice.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    notice = db.session.execute(statement).scalar_one_or_none()
    if notice is None:
        return None
    notice.state = NoticeState.LEASED
    notice.lease_until = at + LEASE
    notice.lease_token = token = uuid7()
    notice.is_handed_over = False
    notice.attempts += 1
    return Leased(notice.id, token, notice.channel, _rendered(notice, at))


def deliver(leased: Leased, sender: Sender) -> bool:
    """Send one leased message and write down what came of it; False when the channel is down."""
    if leased.rendered is None:
        return True
    try:
        hand_over = _prepared(leased.rendered, sender)
    except SendingFailure as failure:
        _write_down(leased, failure)
        return not isinstance(failure, ChannelDown)
    with unit_of_work():
        if not _begin_handing_over(leased, at=now()):
            return True
    failure_or_none = _handed_over(hand_over)
    _write_down(leased, failure_or_none)
    return not isinstance(failure_or_none, ChannelDown)


def _rendered(notice: Notice, at: datetime) -> RenderedNotice | None:
    """One message that cannot be written must not stop those behind it."""
    try:
        return render_notice(notice)
    except Exception as error:
        # Whatever it is, it is a fault of ours and the same for every try; its words may be personal.
        log.error("notice_not_writable", kind=notice.kind, error=type(error).__name__)
        mark_failed(notice, NotNow(Trouble.NOT_WRITABLE), at=at)
        return None


def _prepared(rendered: RenderedNotice, sender: Sender) -> HandOver:
    try:
        return sender.prepare(rendered)
    except SendingFailure:
        raise
    except Exception as error:
        # The server has heard nothing of it yet, so it is safe to try again.
        log.error("notice_not_prepared", error=type(error).__name__)
        raise NotNow(Trouble.UNEXPECTED) from error


def _handed_over(hand_over: HandOver) -> SendingFailure | None:
    try:
        hand_over()
    except SendingFailure as failure:
        return failure
    except Exception as error:
        # Nobody can say how far it came, so nobody but a person may send it again.
        log.error("notice_in_doubt", error=type(error).__name__)
        return InDoubt(Trouble.UNEXPECTED)
    return None


def _begin_handing_over(leased: Leased, *, at: datetime) -> bool:
    """From here on a death leaves doubt: the server may have the message already."""
    notice = _locked(leased)
    if notice is None or notice.state is not NoticeState.LEASED:
        return False
    notice.is_handed_over = True
    notice.lease_until = at + LEASE
    return True


def _write_down(leased: Leased, failure: SendingFailure | None) -> None:
    with unit_of_work():
        notice = _locked(leased)
        # A sweep may have called it unsure while the server was slow; the answer settles the doubt.
        if notice is None or notice.state not in {NoticeState.LEASED, NoticeState.UNSURE}:
            return
        if failure is None:
            mark_sent(notice, at=now())
        else:
            mark_failed(notice, failure, at=now())


def _locked(leased: Leased) -> Notice | None:
    """The row, if this try is the last one that held it."""
    statement = (
        select(Notice)
        .where(Notice.id == leased.id, Notice.lease_token == leased.token)
        .with_for_update()
    )
    return db.session.execute(statement).scalar_one_or_none()
