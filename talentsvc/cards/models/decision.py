"""What was judged and decided: evaluations, findings, decisions, public notices and objections."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.cards.terms import DecisionKind, DecisionOutcome, FindingOutcome
from talentsvc.extensions.database import Model, Sealed, enum_column, key_column


class StoredEvaluation(Model):
    """The rule set's answer at one moment: per criterion value, threshold, clause and verdict."""

    __tablename__ = "stored_evaluation"
    __table_args__ = (Index("ix_stored_evaluation_application", "application_id", "evaluated_at"),)

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), comment="the case")
    copy_id: Mapped[UUID] = mapped_column(
        ForeignKey("application_copy.id"), comment="the copy it was made from"
    )
    rule_set_id: Mapped[UUID] = mapped_column(ForeignKey("rule_set.id"), comment="the rule set")
    content: Mapped[dict[str, Any]] = mapped_column(comment="verdicts as JSON")
    evaluated_at: Mapped[datetime] = mapped_column(comment="when")


class Finding(Model):
    """What the reviewer found for one criterion, with a reason where a person had to judge."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("decision_id", "criterion_code", name="uq_finding_criterion"),
    )

    id: Mapped[UUID] = key_column()
    decision_id: Mapped[UUID] = mapped_column(
        ForeignKey("decision.id"), comment="the recommendation it belongs to"
    )
    criterion_code: Mapped[str] = mapped_column(comment="criterion of the rule set")
    outcome: Mapped[FindingOutcome] = enum_column(FindingOutcome, comment="met or not met")
    reason: Mapped[str | None] = mapped_column(comment="why, where the rule left it to a person")


class Decision(Model):
    """A recommendation, recognition, decision, or the decision of an objection or review."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "kind <> 'decision' OR outcome = 'positive' OR (clause IS NOT NULL AND remedy IS NOT NULL)",
            name="rejection",
        ),
        Index("ix_decision_application", "application_id", "decided_at"),
        # Whoever decided a case does not decide it again after an upheld objection.
        Index(
            "uq_decision_once",
            "application_id",
            "person_id",
            unique=True,
            postgresql_where=text("kind = 'decision'"),
        ),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), comment="the case")
    kind: Mapped[DecisionKind] = enum_column(DecisionKind, comment="what was decided")
    outcome: Mapped[DecisionOutcome] = enum_column(DecisionOutcome, comment="which way")
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), comment="who decided")
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), comment="with which account")
    reason: Mapped[str] = mapped_column(comment="in words")
    clause: Mapped[str | None] = mapped_column(comment="clause a rejection rests on")
    remedy: Mapped[str | None] = mapped_column(
        comment="what can be done against it, and until when"
    )
    decided_at: Mapped[datetime] = mapped_column(comment="when")


class PublicNotice(Model):
    """A masked entry shown to everyone for some days, frozen with its hash."""

    __tablename__ = "public_notice"
    __table_args__ = (
        Index(
            "ix_public_notice_shown",
            "ends_at",
            "id",
            postgresql_where=text("taken_down_at IS NULL"),
        ),
        Index("ix_public_notice_application", "application_id"),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), comment="the case")
    reference: Mapped[str] = mapped_column(comment="reference of the case, to object with")
    masked_name: Mapped[str] = mapped_column(comment="name with all but the family name hidden")
    employer_name: Mapped[str] = mapped_column(comment="employer as frozen")
    tier: Mapped[str] = mapped_column(comment="card")
    category_zh: Mapped[str] = mapped_column(comment="category as frozen")
    category_en: Mapped[str] = mapped_column(comment="category as frozen")
    unit: Mapped[str] = mapped_column(comment="working_day or calendar_day")
    length: Mapped[int] = mapped_column(comment="how many of them")
    starts_on: Mapped[date] = mapped_column(comment="day 0")
    ends_on: Mapped[date] = mapped_column(comment="last day")
    ends_at: Mapped[datetime] = mapped_column(comment="its end")
    sha256: Mapped[bytes] = mapped_column(comment="hash of what is shown")
    published_at: Mapped[datetime] = mapped_column(comment="when put up")
    taken_down_at: Mapped[datetime | None] = mapped_column(
        comment="when taken down early; time does it otherwise"
    )


class Objection(Model):
    """Somebody objects to a public notice; its own clock, decided by a person new to the case."""

    __tablename__ = "objection"
    __table_args__ = (
        Index(
            "uq_objection_open",
            "application_id",
            unique=True,
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("application.id"), index=True, comment="the case"
    )
    notice_id: Mapped[UUID] = mapped_column(
        ForeignKey("public_notice.id"), comment="the notice objected to"
    )
    objector_sealed: Mapped[bytes] = mapped_column(
        comment="who objects and how to reach them, encrypted"
    )
    grounds_sealed: Mapped[bytes] = mapped_column(comment="what is objected, encrypted")
    recorded_by_account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id"), comment="clerk who took it in"
    )
    received_at: Mapped[datetime] = mapped_column(comment="when")
    is_upheld: Mapped[bool | None] = mapped_column(comment="outcome")
    decided_by_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), comment="who decided"
    )
    decided_at: Mapped[datetime | None] = mapped_column(comment="when decided")
    reason: Mapped[str | None] = mapped_column(comment="why, told to both sides")

    objector = Sealed("objector_sealed")
    grounds = Sealed("grounds_sealed")
