"""The papers of a case: evidence, the employer's endorsement, one-time notices and their items."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.cards.terms import CorrectionItemKind, EndorsementOutcome, InPersonCause
from talentsvc.extensions.database import Model, Sealed, enum_column, key_column


class Evidence(Model):
    """One file that proves something, under an item of the rule set's evidence list."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_application", "application_id", "item_code", "position"),
        UniqueConstraint("file_id", name="uq_evidence_file"),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), comment="the case")
    item_code: Mapped[str] = mapped_column(comment="item of the evidence list")
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), comment="the file")
    position: Mapped[int] = mapped_column(comment="order within the item")
    added_at: Mapped[datetime] = mapped_column(comment="when uploaded")
    removed_at: Mapped[datetime | None] = mapped_column(
        comment="when taken back or replaced; the row stays"
    )
    deleted_by_rule_at: Mapped[datetime | None] = mapped_column(
        comment="when the retention rule deleted its bytes; hash, type and scan stay"
    )


class Endorsement(Model):
    """The employer's answer to one frozen copy."""

    __tablename__ = "endorsement"
    __table_args__ = (
        CheckConstraint("(outcome = 'declined') = (reason IS NOT NULL)", name="reason"),
        CheckConstraint(
            "outcome IN ('waiting', 'expired', 'overtaken') OR agent_person_id IS NOT NULL",
            name="agent",
        ),
        Index("ix_endorsement_employer", "employer_id", "outcome", "asked_at", "id"),
        Index(
            "uq_endorsement_waiting",
            "application_id",
            unique=True,
            postgresql_where=text("outcome = 'waiting'"),
        ),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("application.id"), index=True, comment="the case"
    )
    copy_id: Mapped[UUID] = mapped_column(
        ForeignKey("application_copy.id"), comment="what was endorsed"
    )
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), comment="by whom")
    outcome: Mapped[EndorsementOutcome] = enum_column(
        EndorsementOutcome, comment="waiting, endorsed, declined ..."
    )
    agent_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"),
        comment="who answered: an agent, or a clerk after a check in person",
    )
    reason: Mapped[str | None] = mapped_column(comment="why it was declined")
    asked_at: Mapped[datetime] = mapped_column(comment="when asked")
    answered_at: Mapped[datetime | None] = mapped_column(comment="when answered")


class InPersonCheck(Model):
    """What a clerk saw of a founder or only agent, in place of another agent's word (product.md A4)."""

    __tablename__ = "in_person_check"
    __table_args__ = (UniqueConstraint("endorsement_id", name="uq_in_person_check_endorsement"),)

    id: Mapped[UUID] = key_column()
    endorsement_id: Mapped[UUID] = mapped_column(
        ForeignKey("endorsement.id"), comment="the question it answers"
    )
    cause: Mapped[InPersonCause] = enum_column(
        InPersonCause, comment="why nobody of the employer may answer"
    )
    clerk_account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), comment="who checked")
    originals: Mapped[list[Any]] = mapped_column(comment="codes of the originals that were seen")
    place: Mapped[str] = mapped_column(comment="where it was checked")
    seen_sealed: Mapped[bytes] = mapped_column(comment="what was seen, in words, encrypted")
    reason: Mapped[str] = mapped_column(
        comment="why it was confirmed or not, told to the applicant"
    )
    copy_sha256: Mapped[bytes] = mapped_column(comment="hash of the copy that was compared")
    checked_at: Mapped[datetime] = mapped_column(comment="when")

    seen = Sealed("seen_sealed")


class CorrectionNotice(Model):
    """A one-time notice: everything that is missing or wrong, told at once."""

    __tablename__ = "correction_notice"
    __table_args__ = (
        UniqueConstraint("application_id", "number", name="uq_correction_notice_number"),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), comment="the case")
    number: Mapped[int] = mapped_column(
        comment="1 for the first; a second may only repeat what is unmet"
    )
    clerk_account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), comment="who wrote it")
    limit_on: Mapped[date] = mapped_column(comment="last day to answer")
    created_at: Mapped[datetime] = mapped_column(comment="when given")
    answered_at: Mapped[datetime | None] = mapped_column(comment="when the applicant answered")


class CorrectionItem(Model):
    """One thing to mend."""

    __tablename__ = "correction_item"
    __table_args__ = (
        UniqueConstraint("notice_id", "kind", "code", name="uq_correction_item_code"),
    )

    id: Mapped[UUID] = key_column()
    notice_id: Mapped[UUID] = mapped_column(
        ForeignKey("correction_notice.id"), comment="the notice"
    )
    kind: Mapped[CorrectionItemKind] = enum_column(
        CorrectionItemKind, comment="a paper or an answer"
    )
    code: Mapped[str] = mapped_column(comment="evidence item or step of the form")
    explanation: Mapped[str] = mapped_column(
        comment="what is wrong and how to mend it, for the applicant"
    )
    is_answered: Mapped[bool] = mapped_column(
        default=False, comment="the applicant has dealt with it"
    )
    position: Mapped[int] = mapped_column(comment="order on the notice")
