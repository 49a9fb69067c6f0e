"""Posting a message: a row per channel in the business transaction, never a send (guarantees.md G5)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.wake import wake
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeKind, NoticeState, Recipient

SEND_TASK = "notices.send_due"
QUEUE = "notices"


def post(
    kind: NoticeKind,
    recipient: Recipient,
    *,
    subject_kind: str,
    subject_id: UUID,
    params: Mapping[str, str],
    at: datetime,
    version: str = "1",
) -> int:
    """Write a message to the outbox, once per recipient, kind, subject and version, for each channel.

    `params` fills the placeholders of the kind's texts; it is stored encrypted. Posting the same
    message again does nothing. Returns the number of rows written.
    """
    rows = []
    for channel in kind.channels:
        if not _reaches(recipient, channel) or (
            kind.code in recipient.declined_kinds and not kind.is_statutory
        ):
            continue
        rows.append(_row(kind, recipient, channel, subject_kind, subject_id, params, at, version))
    if not rows:
        return 0
    statement = (
        insert(Notice).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(Notice.id)
    )
    written = [db.session.execute(statement, row).scalar_one_or_none() for row in rows]
    if any(written):
        wake(SEND_TASK, QUEUE)
    return sum(1 for row_id in written if row_id is not None)


def _reaches(recipient: Recipient, channel: Channel) -> bool:
    has = {
        Channel.EMAIL: recipient.email,
        Channel.SMS: recipient.phone,
        Channel.INBOX: recipient.account_id,
    }
    return bool(has[channel])


def _row(
    kind: NoticeKind,
    recipient: Recipient,
    channel: Channel,
    subject_kind: str,
    subject_id: UUID,
    params: Mapping[str, str],
    at: datetime,
    version: str,
) -> dict[str, object]:
    notice = Notice(id=uuid7())
    address = {Channel.EMAIL: recipient.email, Channel.SMS: recipient.phone, Channel.INBOX: None}[
        channel
    ]
    notice.address = address
    notice.params_json = json.dumps(dict(params), ensure_ascii=False)
    who = recipient.account_id or recipient.person_id or address
    is_inbox = channel is Channel.INBOX
    return {
        "id": notice.id,
        "kind": kind.code,
        "channel": channel,
        "language": recipient.language,
        "person_id": recipient.person_id,
        "account_id": recipient.account_id,
        "address_sealed": notice.address_sealed,
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "dedupe_key": f"{who}:{kind.code}:{subject_id}:{version}:{channel.value}",
        "params_sealed": notice.params_sealed,
        "state": NoticeState.SENT if is_inbox else NoticeState.QUEUED,
        "attempts": 0,
        "is_handed_over": False,
        "next_attempt_at": at,
        "queued_at": at,
        "sent_at": at if is_inbox else None,
    }
