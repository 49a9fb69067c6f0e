"""The outbox: one row per message and channel, written in the transaction it belongs to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, Sealed, enum_column, key_column
from talentsvc.notices.terms import Channel, NoticeState


class Notice(Model):
    """One message to one recipient over one channel."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("(state = 'leased') = (lease_until IS NOT NULL)", name="lease"),
        Index(
            "ix_notice_due",
            "priority",
            "next_attempt_at",
            "id",
            postgresql_where="state = 'queued'",
        ),
        Index("ix_notice_leased", "lease_until", postgresql_where="state = 'leased'"),
        Index("ix_notice_inbox", "account_id", "queued_at", postgresql_where="channel = 'inbox'"),
        Index("ix_notice_subject", "subject_id"),
        Index("ix_notice_desk", "state", "queued_at", "id"),
        Index("ix_notice_leaving", "queued_at", "id", postgresql_where="channel <> 'inbox'"),
    )

    id: Mapped[UUID] = key_column()
    kind: Mapped[str] = mapped_column(comment="code of the kind of message")
    channel: Mapped[Channel] = enum_column(Channel, comment="e-mail, inbox or SMS")
    language: Mapped[str] = mapped_column(comment="zh or en")
    person_id: Mapped[UUID | None] = mapped_column(comment="person it is for, when known")
    account_id: Mapped[UUID | None] = mapped_column(comment="account whose inbox shows it")
    address_sealed: Mapped[bytes | None] = mapped_column(
        comment="e-mail address or phone number, encrypted"
    )
    subject_kind: Mapped[str] = mapped_column(
        comment="what it is about: application, card, account ..."
    )
    subject_id: Mapped[UUID] = mapped_column(comment="which one")
    dedupe_key: Mapped[str] = mapped_column(
        unique=True, comment="recipient, kind, subject, version and channel"
    )
    params_sealed: Mapped[bytes | None] = mapped_column(
        comment="parameters of the text, encrypted; wiped for secrets"
    )
    state: Mapped[NoticeState] = enum_column(NoticeState, comment="see NoticeState")
    priority: Mapped[int] = mapped_column(
        comment="the lower goes first: 0 when somebody waits for a code, else 1"
    )
    attempts: Mapped[int] = mapped_column(default=0, comment="tries begun")
    next_attempt_at: Mapped[datetime] = mapped_column(comment="not before")
    lease_until: Mapped[datetime | None] = mapped_column(comment="a worker has it until then")
    lease_token: Mapped[UUID | None] = mapped_column(
        comment="which try has it; after a failure, which try was the last"
    )
    is_handed_over: Mapped[bool] = mapped_column(
        default=False, comment="this try has begun to give it to the mail server"
    )
    last_error: Mapped[str | None] = mapped_column(
        comment="why the last try failed: a code of Trouble and the server's number"
    )
    queued_at: Mapped[datetime] = mapped_column(comment="when it was written")
    sent_at: Mapped[datetime | None] = mapped_column(comment="when the mail server took it")
    read_at: Mapped[datetime | None] = mapped_column(comment="when it was opened in the inbox")

    address = Sealed("address_sealed")
    params_json = Sealed("params_sealed")
