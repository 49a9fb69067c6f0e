"""Words of the outbox (guarantees.md G5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

#: What is sent first: 0 when somebody sits and waits for a code.
URGENT, USUAL = 0, 1


class Channel(StrEnum):
    """How a message reaches somebody."""

    EMAIL = "email"
    INBOX = "inbox"
    SMS = "sms"


class NoticeState(StrEnum):
    """Where a message stands.

    queued → leased → sent; a failed try goes back to queued with a later time; `dead` after the last
    try or a final refusal; `unsure` when nobody knows whether the mail server took it: that one is
    never sent again by itself, a person at the desk looks at it. `settled` once that person has seen
    to a dead or unsure one in another way.
    """

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    UNSURE = "unsure"
    SETTLED = "settled"


class Trouble(StrEnum):
    """Why a try failed. Stored as a code, since the desk words it in its reader's language."""

    NO_CONNECTION = "no_connection"
    OUR_SIDE_REFUSED = "our_side_refused"
    NOT_NOW = "not_now"
    REFUSED = "refused"
    ADDRESS_NOT_POSSIBLE = "address_not_possible"
    NO_SMS_GATEWAY = "no_sms_gateway"
    NOT_WRITABLE = "not_writable"
    NO_ANSWER = "no_answer"
    WORKER_DIED = "worker_died"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True)
class NoticeKind:
    """A kind of message, declared once in a feature's `messages.py`.

    Its texts are `templates/notices/<code>.<zh|en>.txt`: first line the subject, then the body.
    `sample` holds invented parameters for the preview at the desk; whoever posts the kind gives at
    least these. `is_secret` (a one-time code) is for what must never rest: it goes before all others,
    is wiped once its fate is known and has no place in the inbox. A statutory kind cannot be turned off.
    """

    code: str
    audience: str
    sample: dict[str, Any]
    channels: tuple[Channel, ...] = (Channel.EMAIL, Channel.INBOX)
    is_statutory: bool = True
    is_secret: bool = False

    def __post_init__(self) -> None:
        """Errors: ValueError for a secret that would rest in the inbox."""
        if self.is_secret and Channel.INBOX in self.channels:
            raise ValueError(f"{self.code} is secret and cannot be kept in the inbox")


@dataclass(frozen=True)
class Recipient:
    """Where a message goes; never an account, so that `notices` stays below `accounts`."""

    language: str = "zh"
    email: str | None = None
    phone: str | None = None
    person_id: UUID | None = None
    account_id: UUID | None = None
    declined_kinds: frozenset[str] = field(default=frozenset())

    def address_for(self, channel: Channel) -> str | None:
        """The address a channel needs; None in the inbox, or when there is none."""
        return {Channel.EMAIL: self.email, Channel.SMS: self.phone}.get(channel)

    def is_reached_by(self, channel: Channel) -> bool:
        """Whether a message over this channel has somewhere to go."""
        if channel is Channel.INBOX:
            return self.account_id is not None
        return bool(self.address_for(channel))
