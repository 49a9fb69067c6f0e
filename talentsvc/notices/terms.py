"""Words of the outbox (guarantees.md G5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Channel(StrEnum):
    """How a message reaches somebody."""

    EMAIL = "email"
    INBOX = "inbox"
    SMS = "sms"


class NoticeState(StrEnum):
    """Where a message stands.

    queued → leased → sent; a failed try goes back to queued with a later time; `dead` after the last
    try or a permanent refusal; `unsure` when a worker died between the mail server's answer and the
    mark: that one is never sent again by itself, a person at the desk looks at it.
    """

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    UNSURE = "unsure"
    SETTLED = "settled"


@dataclass(frozen=True)
class NoticeKind:
    """A kind of message, declared once in a feature's `messages.py`.

    Its texts are `templates/notices/<code>.<zh|en>.txt`: first line the subject, then the body.
    `sample` holds invented parameters for the preview at the desk. `is_secret` keeps the parameters
    (a one-time code) out of the inbox and wipes them once sent. A `statutory` kind cannot be turned off.
    """

    code: str
    audience: str
    sample: dict[str, Any]
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.INBOX)
    is_statutory: bool = True
    is_secret: bool = False


@dataclass(frozen=True)
class Recipient:
    """Where a message goes; never an account, so that `notices` stays below `accounts`."""

    language: str = "zh"
    email: str | None = None
    phone: str | None = None
    person_id: UUID | None = None
    account_id: UUID | None = None
    declined_kinds: frozenset[str] = field(default=frozenset())
