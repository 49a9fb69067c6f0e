"""Employers by unified social credit code, and the persons authorised to act for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.employers.terms import (
    AgentState,
    BreachKind,
    ChangeState,
    EmployerState,
    Industry,
    Park,
)
from talentsvc.extensions.database import Model, enum_column, key_column
from talentsvc.policy.terms import EmployerLevel, EmployerType


class Employer(Model):
    """A legal person with a unified social credit code."""

    __tablename__ = "employer"
    __table_args__ = (
        Index(
            "ix_employer_name_tokens",
            text("to_tsvector('simple', name_tokens)"),
            postgresql_using="gin",
        ),
        Index("ix_employer_state", "state", "id"),
        CheckConstraint(
            "(state = 'refused') = (refusal_reason IS NOT NULL)", name="refusal_reason"
        ),
        # Whoever registered an employer never verifies it (guarantees.md G3).
        CheckConstraint(
            "verified_by_account_id <> registered_by_account_id", name="verified_by_another"
        ),
        CheckConstraint("parent_employer_id <> id", name="parent_is_another"),
    )

    id: Mapped[UUID] = key_column()
    credit_code: Mapped[str] = mapped_column(unique=True, comment="GB 32100, 18 characters")
    name: Mapped[str] = mapped_column(comment="registered name")
    name_tokens: Mapped[str] = mapped_column(comment="for search")
    employer_type: Mapped[EmployerType] = enum_column(
        EmployerType, comment="organ, institution, company ..."
    )
    level: Mapped[EmployerLevel] = enum_column(
        EmployerLevel, comment="zone, city, provincial or central"
    )
    industry: Mapped[Industry] = enum_column(Industry, comment="lead cluster or other")
    park: Mapped[Park] = enum_column(Park, comment="one of the three parks or outside them")
    is_registered_in_zone: Mapped[bool] = mapped_column(comment="registered in the zone")
    is_taxed_in_zone: Mapped[bool] = mapped_column(comment="pays its taxes in the zone")
    parent_employer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("employer.id"), comment="legal person of a branch; none: it is one itself"
    )
    licence_file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="business licence"
    )
    state: Mapped[EmployerState] = enum_column(
        EmployerState, comment="pending, verified or refused"
    )
    refusal_reason: Mapped[str | None] = mapped_column(
        comment="why it was refused, shown to its agent"
    )
    registered_by_account_id: Mapped[UUID | None] = mapped_column(comment="who registered it")
    verified_by_account_id: Mapped[UUID | None] = mapped_column(
        comment="who verified it at the desk"
    )
    verified_at: Mapped[datetime | None] = mapped_column(comment="when")
    created_at: Mapped[datetime] = mapped_column(comment="when registered")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}


class EmployerChange(Model):
    """A correction of a verified employer's data, with a new licence; the desk checks it first.

    The old data stay in force until somebody else has accepted it, and on this row for ever.
    """

    __tablename__ = "employer_change"
    __table_args__ = (
        Index(
            "uq_employer_change_open",
            "employer_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_employer_change_employer", "employer_id", "asked_at"),
        # Nobody checks a correction of his own (guarantees.md G3).
        CheckConstraint("decided_by_person_id <> asked_by_person_id", name="decided_by_another"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="reason"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[UUID] = key_column()
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), comment="whose data")
    state: Mapped[ChangeState] = enum_column(ChangeState, comment="open, accepted or refused")
    former: Mapped[dict[str, Any]] = mapped_column(comment="the data when it was asked for")
    wanted: Mapped[dict[str, Any]] = mapped_column(comment="the data that take their place")
    former_licence_file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="licence on file when it was asked for"
    )
    licence_file_id: Mapped[UUID] = mapped_column(
        ForeignKey("stored_file.id"), comment="new business licence"
    )
    asked_by_account_id: Mapped[UUID] = mapped_column(comment="account of the agent who asked")
    asked_by_person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id"), comment="agent who asked"
    )
    asked_at: Mapped[datetime] = mapped_column(comment="when it was asked for")
    decided_by_account_id: Mapped[UUID | None] = mapped_column(comment="officer who checked it")
    decided_by_person_id: Mapped[UUID | None] = mapped_column(comment="person who checked it")
    decided_at: Mapped[datetime | None] = mapped_column(comment="when it was checked")
    reason: Mapped[str | None] = mapped_column(comment="why it was refused, shown to the agents")


class EmployerAgent(Model):
    """A person authorised to act for an employer, until a day.

    Renewal is a new row asked for beside the one in force, which ends when the new one is confirmed.
    """

    __tablename__ = "employer_agent"
    __table_args__ = (
        Index(
            "uq_employer_agent_open",
            "employer_id",
            "person_id",
            "state",
            unique=True,
            postgresql_where=text("state IN ('pending', 'active')"),
        ),
        Index("ix_employer_agent_employer", "employer_id"),
        Index("ix_employer_agent_person", "person_id"),
        Index("ix_employer_agent_pending", "id", postgresql_where=text("state = 'pending'")),
        Index(
            "ix_employer_agent_expiry",
            "authorised_until",
            postgresql_where=text("state = 'active'"),
        ),
        # Nobody confirms or refuses an authorisation of his own (guarantees.md G3).
        CheckConstraint("decided_by_person_id <> person_id", name="decided_by_another"),
        CheckConstraint("(state IN ('refused', 'ended')) OR reason IS NULL", name="reason"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
    )

    id: Mapped[UUID] = key_column()
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), comment="for whom")
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), comment="who acts")
    is_founder: Mapped[bool] = mapped_column(
        default=False, comment="owner or founder: never endorses himself"
    )
    authorised_until: Mapped[date] = mapped_column(comment="last day of the authorisation")
    authorisation_file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="stamped letter of authorisation"
    )
    state: Mapped[AgentState] = enum_column(AgentState, comment="pending, active, refused or ended")
    decided_by_account_id: Mapped[UUID | None] = mapped_column(
        comment="account that confirmed or refused"
    )
    decided_by_person_id: Mapped[UUID | None] = mapped_column(
        comment="person who confirmed or refused"
    )
    decided_at: Mapped[datetime | None] = mapped_column(comment="when confirmed or refused")
    reason: Mapped[str | None] = mapped_column(comment="why refused or ended, shown to the person")
    reminded_until: Mapped[date | None] = mapped_column(comment="the last day that was reminded of")
    created_at: Mapped[datetime] = mapped_column(comment="when asked for")
    ended_at: Mapped[datetime | None] = mapped_column(comment="when it ended")


class EmployerPoints(Model):
    """A year's innovation points of a company, as its source published them; never computed here (facts.md 7)."""

    __tablename__ = "employer_points"
    __table_args__ = (
        UniqueConstraint("employer_id", "year", name="uq_employer_points_year"),
        Index("ix_employer_points_import", "import_id"),
    )

    id: Mapped[UUID] = key_column()
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), comment="whose")
    year: Mapped[int] = mapped_column(comment="year of the list")
    stage_label: Mapped[str] = mapped_column(comment="stage as the source words it")
    total: Mapped[int] = mapped_column(comment="total in hundredths of a point")
    subtotals: Mapped[dict[str, Any]] = mapped_column(
        comment="subtotals by the source's labels, hundredths of a point"
    )
    rank: Mapped[int | None] = mapped_column(comment="rank in the source's list")
    source: Mapped[str] = mapped_column(comment="who published it, which document")
    published_on: Mapped[date] = mapped_column(comment="date of the source")
    import_id: Mapped[UUID | None] = mapped_column(comment="import that brought it")


class EmployerLibrary(Model):
    """A company on a year's list of a cultivation library; the library's label is data (facts.md 0, 8b 32)."""

    __tablename__ = "employer_library"
    __table_args__ = (
        UniqueConstraint("employer_id", "label", "year", name="uq_employer_library_year"),
        Index("ix_employer_library_import", "import_id"),
    )

    id: Mapped[UUID] = key_column()
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), comment="whose")
    label: Mapped[str] = mapped_column(comment="library as the source names it")
    year: Mapped[int] = mapped_column(comment="year of the list")
    source: Mapped[str] = mapped_column(comment="who published it, which document")
    published_on: Mapped[date] = mapped_column(comment="date of the source")
    import_id: Mapped[UUID | None] = mapped_column(comment="import that brought it")


class EmployerBreach(Model):
    """A promise to a fair that a company did not keep; lifting one is a date and a reason, never a deletion."""

    __tablename__ = "employer_breach"
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", name="uq_employer_breach_subject"),
        Index("ix_employer_breach_legal", "legal_employer_id", "at"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_reason IS NULL)", name="lifted_with_reason"),
    )

    id: Mapped[UUID] = key_column()
    legal_employer_id: Mapped[UUID] = mapped_column(
        ForeignKey("employer.id"), comment="legal person that answers for it"
    )
    employer_id: Mapped[UUID] = mapped_column(
        ForeignKey("employer.id"), comment="company or branch that had registered"
    )
    kind: Mapped[BreachKind] = enum_column(BreachKind, comment="what was not kept")
    subject_id: Mapped[UUID] = mapped_column(comment="the registration")
    about: Mapped[str] = mapped_column(comment="event and day, in words")
    at: Mapped[datetime] = mapped_column(comment="when")
    lifted_at: Mapped[datetime | None] = mapped_column(comment="when lifted")
    lifted_reason: Mapped[str | None] = mapped_column(comment="why lifted")
    lifted_by_account_id: Mapped[UUID | None] = mapped_column(comment="who lifted it")
    statement_file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="stamped statement of the company"
    )
