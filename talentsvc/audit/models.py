"""Tables of the record that cannot be rewritten unseen (guarantees.md G10).

The application's database role may insert and select here, nothing else; a trigger stops the rest.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.audit.terms import LookKind, SealPeriod, SubjectKind
from talentsvc.extensions.database import Model, enum_column, key_column


class AuditStream(Model):
    """One chain per subject; its head is locked last, just before the commit."""

    __tablename__ = "audit_stream"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", name="uq_audit_stream_subject"),
    )

    id: Mapped[UUID] = key_column()
    subject_kind: Mapped[SubjectKind] = enum_column(SubjectKind, comment="what the stream is about")
    subject_id: Mapped[UUID] = mapped_column(comment="the case, card, account ... it is about")
    head_sequence: Mapped[int] = mapped_column(comment="number of the last entry, 0 for none")
    head_hash: Mapped[bytes] = mapped_column(
        comment="hash of the last entry, 32 zero bytes for none"
    )
    changed_at: Mapped[datetime] = mapped_column(
        index=True, comment="when the last entry was written"
    )


class AuditEntry(Model):
    """One thing that was done: who, in which capacity, to what, and what changed."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("stream_id", "sequence", name="uq_audit_entry_stream_sequence"),
        Index("ix_audit_entry_actor", "actor_person_id", "at"),
    )

    id: Mapped[UUID] = key_column()
    stream_id: Mapped[UUID] = mapped_column(
        ForeignKey("audit_stream.id"), comment="the chain it belongs to"
    )
    sequence: Mapped[int] = mapped_column(comment="1, 2, 3 ... within the stream")
    at: Mapped[datetime] = mapped_column(index=True, comment="when it was done (UTC)")
    actor_account_id: Mapped[UUID | None] = mapped_column(
        comment="account of who did it; none for the clock"
    )
    actor_person_id: Mapped[UUID | None] = mapped_column(
        comment="person who did it; none for the clock"
    )
    acting_as: Mapped[str] = mapped_column(
        comment="capacity: a role, applicant, agent, clock or system"
    )
    on_behalf_of: Mapped[UUID | None] = mapped_column(comment="employer for whom it was done")
    action: Mapped[str] = mapped_column(comment="what was done, as a verb")
    change: Mapped[dict[str, Any]] = mapped_column(
        comment="before and after of fields that are not personal"
    )
    commitments: Mapped[dict[str, Any]] = mapped_column(
        comment="personal fields as HMAC with an erasable salt"
    )
    request_reference: Mapped[str] = mapped_column(comment="finds the request in the log")
    previous_hash: Mapped[bytes] = mapped_column(comment="hash of the entry before it")
    hash: Mapped[bytes] = mapped_column(
        comment="SHA-256 over the canonical entry and the previous hash"
    )


class AuditSalt(Model):
    """The salt of one person's commitments; erasing it makes them unreadable and leaves the chain whole."""

    __tablename__ = "audit_salt"

    person_id: Mapped[UUID] = mapped_column(
        primary_key=True, comment="whose values the salt protects"
    )
    salt: Mapped[bytes] = mapped_column(comment="32 random bytes")


class AuditSeal(Model):
    """A signed Merkle root over the heads of all streams at a moment."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="1, 2, 3 ..."
    )
    period: Mapped[SealPeriod] = enum_column(
        SealPeriod, comment="hourly, or daily and published outside"
    )
    at: Mapped[datetime] = mapped_column(comment="when it was made")
    stream_count: Mapped[int] = mapped_column(comment="number of streams under the root")
    root: Mapped[bytes] = mapped_column(comment="Merkle root over all heads, by stream id")
    previous_root: Mapped[bytes] = mapped_column(comment="root of the seal before it")
    signature: Mapped[bytes] = mapped_column(
        comment="Ed25519 over number, time, count, root and previous root"
    )


class AuditSealHead(Model):
    """A stream's head as it stood under a seal; only streams that moved since the seal before have a row."""

    __tablename__ = "audit_seal_head"

    seal_number: Mapped[int] = mapped_column(
        ForeignKey("audit_seal.number"), primary_key=True, comment="the seal"
    )
    stream_id: Mapped[UUID] = mapped_column(primary_key=True, comment="the stream")
    sequence: Mapped[int] = mapped_column(comment="its last entry then")
    hash: Mapped[bytes] = mapped_column(comment="that entry's hash")


class AccessLog(Model):
    """Who opened which personal record or file; written before the bytes go out."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_subject", "subject_kind", "subject_id", "at"),)

    id: Mapped[UUID] = key_column()
    at: Mapped[datetime] = mapped_column(comment="when")
    actor_account_id: Mapped[UUID | None] = mapped_column(comment="account of who looked")
    actor_person_id: Mapped[UUID | None] = mapped_column(comment="person who looked")
    acting_as: Mapped[str] = mapped_column(comment="in which capacity")
    kind: Mapped[LookKind] = enum_column(LookKind, comment="a revealed number, a file, a record")
    subject_kind: Mapped[SubjectKind] = enum_column(SubjectKind, comment="what it belongs to")
    subject_id: Mapped[UUID] = mapped_column(comment="the case, person ...")
    detail: Mapped[str] = mapped_column(comment="which field or file, never its content")
    request_reference: Mapped[str] = mapped_column(comment="finds the request in the log")
