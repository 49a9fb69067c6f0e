"""What else happened around a case: messages sent and who looked at it, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from talentsvc.accounts.models import Account
from talentsvc.audit.models import AccessLog
from talentsvc.audit.terms import SubjectKind
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice

MOST = 100


@dataclass(frozen=True)
class TrailEntry:
    """One line."""

    at: datetime
    words: str
    who: str


def trail_of(application_id: UUID) -> list[TrailEntry]:
    """Messages and looks of a case. Two queries."""
    messages = db.session.execute(
        select(Notice.queued_at, Notice.kind, Notice.channel, Notice.state)
        .where(Notice.subject_id == application_id)
        .order_by(Notice.queued_at.desc())
        .limit(MOST)
    )
    looks = db.session.execute(
        select(AccessLog.at, AccessLog.detail, Account.display_name)
        .outerjoin(Account, Account.id == AccessLog.actor_account_id)
        .where(
            AccessLog.subject_kind == SubjectKind.APPLICATION,
            AccessLog.subject_id == application_id,
        )
        .order_by(AccessLog.at.desc())
        .limit(MOST)
    )
    entries = [
        TrailEntry(
            at, _("Message %(kind)s by %(channel)s", kind=kind, channel=channel.value), state.value
        )
        for at, kind, channel, state in messages
    ]
    entries += [
        TrailEntry(at, _("Looked at: %(what)s", what=detail), name or "")
        for at, detail, name in looks
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)
