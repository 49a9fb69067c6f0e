"""Messages in the outbox, and what became of them."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Select, select

from talentsvc.accounts.messages import PASSWORD_CHANGED, VERIFY_EMAIL, VERIFY_PHONE
from talentsvc.cards.messages import WITHDRAWN
from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.post import post
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeKind, NoticeState, Recipient
from talentsvc.tasks.models import Task

USUAL: NoticeKind = WITHDRAWN
SECRET: NoticeKind = VERIFY_EMAIL
BY_PHONE: NoticeKind = VERIFY_PHONE
BY_ALL: NoticeKind = PASSWORD_CHANGED
PHONE = "+8613812345678"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def post_one(
    kind: NoticeKind = USUAL,
    *,
    email: str | None = "wang@example.cn",
    phone: str | None = None,
    account_id: UUID | None = None,
    language: str = "zh",
    subject_id: UUID | None = None,
    version: str = "1",
    at: datetime | None = None,
    **params: str,
) -> UUID:
    """Post one message in a transaction of its own; returns the id of its row that leaves the house."""
    subject = subject_id or uuid7()
    with unit_of_work():
        post(
            kind,
            Recipient(language=language, email=email, phone=phone, account_id=account_id),
            subject_kind="application",
            subject_id=subject,
            params={**kind.sample, **params},
            at=at or now(),
            version=version,
        )
    statement = (
        select(Notice.id)
        .where(Notice.subject_id == subject, Notice.channel != Channel.INBOX)
        .order_by(Notice.id.desc())
        .limit(1)
    )
    found = db.session.execute(statement).scalar_one()
    # No transaction of the test stays open beside those it looks at.
    db.session.rollback()
    return found


def post_many(count: int) -> list[UUID]:
    """Post messages to numbered addresses."""
    return [post_one(email=f"p{number}@example.cn") for number in range(count)]


def row(notice_id: UUID) -> Notice:
    """The row as the database has it now, apart from any transaction."""
    (found,) = _now(select(Notice).where(Notice.id == notice_id))
    return found


def state(notice_id: UUID) -> NoticeState:
    """Where a message stands now."""
    return row(notice_id).state


def states() -> set[NoticeState]:
    """The states that occur among messages that leave the house."""
    return {notice.state for notice in _now(select(Notice)) if notice.channel != Channel.INBOX}


def tasks() -> list[Task]:
    """Every task, the oldest first."""
    return _now(select(Task).order_by(Task.id))


def _now(statement: Select) -> list:
    db.session.rollback()
    found = list(db.session.execute(statement).scalars())
    db.session.expunge_all()
    db.session.rollback()
    return found
