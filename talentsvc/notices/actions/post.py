"""Posting a message: a row per channel in the business transaction, never a send (guarantees.md G5)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import blind_index, db
from talentsvc.extensions.wake import wake
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import (
    URGENT,
    USUAL,
    Channel,
    NoticeKind,
    NoticeState,
    Recipient,
)

SEND_TASK = "notices.send_due"
QUEUE = "notices"


@dataclass(frozen=True)
class _Message:
    """What all rows of one posting have in common."""

    kind: NoticeKind
    recipient: Recipient
    subject_kind: str
    subject_id: UUID
    params_json: str
    version: str
    at: datetime


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

    `params` fills the placeholders of the kind's texts and is stored encrypted. Posting the same
    message again does nothing. Returns the number of rows written.
    Errors: ValueError when a placeholder of the kind's sample has no value, for such a message could
    never be written.
    """
    missing = sorted(kind.sample.keys() - params.keys())
    if missing:
        raise ValueError(f"{kind.code} needs {', '.join(missing)}")
    if kind.code in recipient.declined_kinds and not kind.is_statutory:
        return 0
    params_json = json.dumps(dict(params), ensure_ascii=False)
    message = _Message(kind, recipient, subject_kind, subject_id, params_json, version, at)
    rows = [_row(message, channel) for channel in kind.channels if recipient.is_reached_by(channel)]
    if not rows:
        return 0
    written = list(db.session.execute(_WRITE, rows).scalars())
    if set(written) - {Channel.INBOX}:
        wake(SEND_TASK, QUEUE)
    return len(written)


_notice: Any = Notice.__table__
#: All channels of a message in one statement; gives the channels that were not written before.
_WRITE = (
    insert(_notice)
    .on_conflict_do_nothing(index_elements=["dedupe_key"])
    .returning(_notice.c.channel)
)


def _row(message: _Message, channel: Channel) -> dict[str, object]:
    recipient, is_inbox = message.recipient, channel is Channel.INBOX
    # The row's id exists before the row, because what is sealed is bound to it.
    sealed = Notice(id=uuid7())
    sealed.address = recipient.address_for(channel)
    sealed.params_json = message.params_json
    return {
        "id": sealed.id,
        "kind": message.kind.code,
        "channel": channel,
        "language": recipient.language,
        "person_id": recipient.person_id,
        "account_id": recipient.account_id,
        "address_sealed": sealed.address_sealed,
        "subject_kind": message.subject_kind,
        "subject_id": message.subject_id,
        "dedupe_key": _dedupe_key(message, channel),
        "params_sealed": sealed.params_sealed,
        "state": NoticeState.SENT if is_inbox else NoticeState.QUEUED,
        "priority": URGENT if message.kind.is_secret else USUAL,
        "attempts": 0,
        "is_handed_over": False,
        "next_attempt_at": message.at,
        "queued_at": message.at,
        "sent_at": message.at if is_inbox else None,
    }


def _dedupe_key(message: _Message, channel: Channel) -> str:
    """Who gets it, what, about what, which version, how. An address stands in it only as its index."""
    recipient = message.recipient
    who = recipient.account_id or recipient.person_id
    if who is None:
        address = recipient.address_for(channel) or ""
        who_text = blind_index("notice.recipient", address).hex()
    else:
        who_text = str(who)
    parts = (who_text, message.kind.code, message.subject_id, message.version, channel.value)
    return ":".join(str(part) for part in parts)
