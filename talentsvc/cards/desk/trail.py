"""What else happened around a case: messages sent and who looked at it, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.models import Account
from talentsvc.audit.models import AccessLog
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeState

MOST = 100


@dataclass(frozen=True)
class MessageSent:
    """A message of the case: kind, channel and state as codes, which the page words."""

    at: datetime
    kind: str
    channel: Channel
    state: NoticeState


@dataclass(frozen=True)
class Look:
    """Somebody opened the case or one of its papers."""

    at: datetime
    kind: LookKind
    detail: str
    who: str


def trail_of(application_id: UUID) -> list[MessageSent | Look]:
    """Messages and looks of a case. Two queries."""
    messages = db.session.execute(
        select(Notice.queued_at, Notice.kind, Notice.channel, Notice.state)
        .where(Notice.subject_id == application_id)
        .order_by(Notice.queued_at.desc())
        .limit(MOST)
    )
    looks = db.session.execute(
        select(AccessLog.at, AccessLog.kind, AccessLog.detail, Account.display_name)
        .outerjoin(Account, Account.id == AccessLog.actor_account_id)
        .where(
            AccessLog.subject_kind == SubjectKind.APPLICATION,
            AccessLog.subject_id == application_id,
        )
        .order_by(AccessLog.at.desc())
        .limit(MOST)
    )
    entries: list[MessageSent | Look] = [MessageSent(*row) for row in messages]
    entries += [Look(at, kind, detail, name or "") for at, kind, detail, name in looks]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)
