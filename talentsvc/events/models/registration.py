"""A company's registration for one session: what it brings, what was found, how it went on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.events.terms.registration import (
    AttendeeProof,
    AuditVerdict,
    PlaceState,
    RegistrationState,
    RegistrationStep,
)
from talentsvc.extensions.database import Base, Model, Sealed, enum_column, key_column
from talentsvc.policy.terms import EducationLevel

#: Numbers of references; gaps are normal, repeats impossible (decisions.md, "Identity").
registration_number = Sequence("event_registration_number", metadata=Base.metadata)

#: States in which a registration is over and counts for nothing any more.
OVER = (
    "state IN ('rejected', 'cancelled_in_time', 'cancelled_late', 'expired', 'session_cancelled')"
)


class FairRegistration(Model):
    """One company for one session of a fair."""

    __tablename__ = "fair_registration"
    __table_args__ = (
        Index(
            "uq_fair_registration_open",
            "session_id",
            "employer_id",
            unique=True,
            postgresql_where=text(f"NOT ({OVER})"),
        ),
        # One booth per legal person per day; branches share it (facts.md 3.1).
        Index(
            "uq_fair_registration_day",
            "legal_employer_id",
            "held_on",
            unique=True,
            postgresql_where=text("place = 'held'"),
        ),
        Index(
            "uq_fair_registration_queue",
            "session_id",
            "queue_number",
            unique=True,
            postgresql_where=text("place = 'waiting'"),
        ),
        Index("ix_fair_registration_board", "session_id", "state", "submitted_at", "id"),
        Index("ix_fair_registration_employer", "employer_id", "id"),
        CheckConstraint("(place = 'waiting') = (queue_number IS NOT NULL)", name="queue_number"),
        CheckConstraint(f"NOT ({OVER}) OR place = 'none'", name="place_given_back"),
        CheckConstraint(
            "state NOT IN ('confirmed', 'checked_in', 'results_reported') OR place = 'held'",
            name="place_held",
        ),
        CheckConstraint(
            "(state = 'draft') = (submitted_at IS NULL) OR state = 'cancelled_in_time'"
            " OR state = 'session_cancelled'",
            name="submitted",
        ),
        # Whoever filed a registration never audits it (guarantees.md G3).
        CheckConstraint("audited_by_account_id <> filed_by_account_id", name="audited_by_another"),
    )

    id: Mapped[UUID] = key_column()
    reference: Mapped[str] = mapped_column(unique=True, comment="GXH-year-number-check")
    session_id: Mapped[UUID] = mapped_column(ForeignKey("fair_session.id"), comment="for which")
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), comment="which company")
    legal_employer_id: Mapped[UUID] = mapped_column(
        ForeignKey("employer.id"), comment="its legal person: the parent of a branch, else itself"
    )
    held_on: Mapped[date] = mapped_column(comment="day of the session, for one booth a day")
    state: Mapped[RegistrationState] = enum_column(RegistrationState, comment="where it stands")
    place: Mapped[PlaceState] = enum_column(
        PlaceState, comment="none, one of the session's places held, or waiting for one"
    )
    queue_number: Mapped[int | None] = mapped_column(comment="order on the waiting list")
    filed_by_account_id: Mapped[UUID | None] = mapped_column(comment="agent who filed it")
    about: Mapped[str] = mapped_column(default="", comment="the company in its own words")
    contact_name: Mapped[str] = mapped_column(default="", comment="whom to ask")
    contact_phone_sealed: Mapped[bytes | None] = mapped_column(
        comment="the contact's number, encrypted"
    )
    booth_size_m2: Mapped[int] = mapped_column(default=9, comment="least booth size, square metres")
    booth_power_w: Mapped[int] = mapped_column(default=0, comment="power needed, watts")
    wishes: Mapped[dict[str, Any]] = mapped_column(
        comment="weighted wishes for the booth: zone, cluster, entrance, neighbours"
    )
    company_verdict: Mapped[AuditVerdict] = enum_column(
        AuditVerdict, comment="audit of the company"
    )
    audit_reason: Mapped[str | None] = mapped_column(
        comment="why returned or rejected, shown to the company"
    )
    audited_by_account_id: Mapped[UUID | None] = mapped_column(comment="who decided the audit")
    audited_at: Mapped[datetime | None] = mapped_column(comment="when")
    confirm_due_at: Mapped[datetime | None] = mapped_column(
        comment="until when this place must be confirmed"
    )
    submitted_at: Mapped[datetime | None] = mapped_column(comment="when last filed")
    first_submitted_at: Mapped[datetime | None] = mapped_column(
        comment="when first filed: the order of filing"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when begun")
    updated_at: Mapped[datetime] = mapped_column(comment="when last changed")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    contact_phone = Sealed("contact_phone_sealed")

    __mapper_args__ = {"version_id_col": version}


class RegistrationEvent(Model):
    """One step of a registration, written once."""

    __tablename__ = "registration_event"
    __table_args__ = (
        UniqueConstraint("registration_id", "sequence", name="uq_registration_event_sequence"),
    )

    id: Mapped[UUID] = key_column()
    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("fair_registration.id"), comment="of which"
    )
    sequence: Mapped[int] = mapped_column(comment="counts within the registration")
    step: Mapped[RegistrationStep] = enum_column(RegistrationStep, comment="what was done")
    from_state: Mapped[RegistrationState] = enum_column(
        RegistrationState, comment="from where", name_suffix="from"
    )
    to_state: Mapped[RegistrationState] = enum_column(
        RegistrationState, comment="to where", name_suffix="to"
    )
    from_place: Mapped[PlaceState] = enum_column(
        PlaceState, comment="place before", name_suffix="from"
    )
    to_place: Mapped[PlaceState] = enum_column(PlaceState, comment="place after", name_suffix="to")
    actor_account_id: Mapped[UUID | None] = mapped_column(comment="account that did it")
    actor_person_id: Mapped[UUID | None] = mapped_column(comment="person who did it")
    acting_as: Mapped[str] = mapped_column(comment="in which capacity")
    at: Mapped[datetime] = mapped_column(comment="when it took effect")
    recorded_at: Mapped[datetime] = mapped_column(comment="when it was written down")
    reason: Mapped[str | None] = mapped_column(comment="why, in words")
    data: Mapped[dict[str, Any]] = mapped_column(comment="details, no personal data")


class RegistrationPosition(Model):
    """A position that a company offers at a session: its own copy, whatever becomes of a template."""

    __tablename__ = "registration_position"
    __table_args__ = (
        UniqueConstraint("registration_id", "number", name="uq_registration_position_number"),
        Index(
            "ix_registration_position_search",
            text("to_tsvector('simple', search_tokens)"),
            postgresql_using="gin",
        ),
        CheckConstraint("headcount BETWEEN 1 AND 999", name="headcount"),
        CheckConstraint("salary_from <= salary_to", name="salary"),
    )

    id: Mapped[UUID] = key_column()
    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("fair_registration.id"), index=True, comment="of which"
    )
    number: Mapped[int] = mapped_column(comment="order on the notice")
    title: Mapped[str] = mapped_column(comment="name of the position")
    headcount: Mapped[int] = mapped_column(comment="persons wanted")
    education_level: Mapped[EducationLevel] = enum_column(
        EducationLevel, comment="least education asked for"
    )
    majors: Mapped[str] = mapped_column(default="", comment="fields of study, in words")
    work_place: Mapped[str] = mapped_column(default="", comment="where the work is")
    salary_from: Mapped[int | None] = mapped_column(comment="yuan a month, from")
    salary_to: Mapped[int | None] = mapped_column(comment="yuan a month, to")
    duties: Mapped[str] = mapped_column(default="", comment="what is to be done")
    requirements: Mapped[str] = mapped_column(default="", comment="what is asked for")
    welfare: Mapped[str] = mapped_column(default="", comment="insurance, housing and the like")
    flags: Mapped[list[Any]] = mapped_column(
        comment="forbidden wording found: rule, words and field of each"
    )
    verdict: Mapped[AuditVerdict] = enum_column(AuditVerdict, comment="audit of the position")
    verdict_reason: Mapped[str | None] = mapped_column(
        comment="why failed, or why flagged words may stand"
    )
    verdict_by_account_id: Mapped[UUID | None] = mapped_column(comment="who found it")
    search_tokens: Mapped[str] = mapped_column(default="", comment="for full-text search")


class RegistrationAttendee(Model):
    """Somebody whom a company sends: proved to be its staff, since the journey is paid by the public."""

    __tablename__ = "registration_attendee"
    __table_args__ = (
        UniqueConstraint("registration_id", "number", name="uq_registration_attendee_number"),
    )

    id: Mapped[UUID] = key_column()
    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("fair_registration.id"), comment="of which"
    )
    number: Mapped[int] = mapped_column(comment="order")
    name: Mapped[str] = mapped_column(comment="who comes")
    phone_sealed: Mapped[bytes | None] = mapped_column(comment="mobile number, encrypted")
    proof_file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="record of insurance with the company"
    )
    proof: Mapped[AttendeeProof] = enum_column(
        AttendeeProof, comment="whether the proof was found good"
    )
    proved_by_account_id: Mapped[UUID | None] = mapped_column(comment="who looked at it")

    phone = Sealed("phone_sealed")
