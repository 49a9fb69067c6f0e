"""Events and their sessions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.events.terms.event import Admission, EventKind, EventState, SessionState
from talentsvc.extensions.database import Model, enum_column, key_column


class Event(Model):
    """Anything one can register for: one day in a hall, or a journey over several campuses."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_state", "state", "id"),
        CheckConstraint(
            "registration_opens_at < registration_closes_at", name="registration_period"
        ),
        CheckConstraint("results_visible_at <= confirm_due_at", name="confirmation_after_results"),
        CheckConstraint(
            "(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name="cancelled"
        ),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published"),
    )

    id: Mapped[UUID] = key_column()
    kind: Mapped[EventKind] = enum_column(EventKind, comment="campus trip, forum ...")
    edition: Mapped[int | None] = mapped_column(comment="which one of its series")
    title_zh: Mapped[str] = mapped_column(comment="title, Chinese")
    title_en: Mapped[str] = mapped_column(comment="title, English")
    summary_zh: Mapped[str] = mapped_column(comment="what it is about, Chinese")
    summary_en: Mapped[str] = mapped_column(comment="what it is about, English")
    organiser_zh: Mapped[str] = mapped_column(comment="who organises it, Chinese")
    organiser_en: Mapped[str] = mapped_column(comment="who organises it, English")
    contact: Mapped[str] = mapped_column(comment="office telephone or address for questions")
    state: Mapped[EventState] = enum_column(EventState, comment="draft, published or cancelled")
    admission: Mapped[Admission] = enum_column(
        Admission, comment="first come, or chosen by the stated ranking"
    )
    is_invitation_only: Mapped[bool] = mapped_column(
        default=False, comment="only who was invited may register"
    )
    takes_visitors: Mapped[bool] = mapped_column(
        default=True, comment="persons register for its sessions"
    )
    registration_opens_at: Mapped[datetime | None] = mapped_column(
        comment="from when companies may register; none: they do not"
    )
    registration_closes_at: Mapped[datetime | None] = mapped_column(comment="until when")
    results_visible_at: Mapped[datetime | None] = mapped_column(
        comment="from when companies see who has a place"
    )
    confirm_due_at: Mapped[datetime | None] = mapped_column(
        comment="until when a place must be confirmed"
    )
    terms: Mapped[dict[str, Any]] = mapped_column(
        comment="parameters of this event: events.rules.event_terms"
    )
    copied_from_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("event.id"), comment="event this one was copied from"
    )
    created_by_account_id: Mapped[UUID | None] = mapped_column(comment="who entered it")
    created_at: Mapped[datetime] = mapped_column(comment="when entered")
    published_at: Mapped[datetime | None] = mapped_column(comment="when it was first published")
    cancellation_reason: Mapped[str | None] = mapped_column(comment="why cancelled, shown to all")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}


class FairSession(Model):
    """One day and place of an event. Never called just a session: that word is the database's.

    The counters are changed under the row's lock; the checks behind them make giving a place twice
    impossible, whatever the code does (guarantees.md G4).
    """

    __tablename__ = "fair_session"
    __table_args__ = (
        UniqueConstraint("event_id", "number", name="uq_fair_session_number"),
        Index("ix_fair_session_starts", "starts_at", "id"),
        Index("ix_fair_session_city", "city", "starts_at"),
        Index("ix_fair_session_clock", "clock_at", postgresql_where=text("clock_at IS NOT NULL")),
        CheckConstraint("starts_at < ends_at", name="period"),
        CheckConstraint("places_taken BETWEEN 0 AND places", name="places"),
        CheckConstraint("visitors_taken BETWEEN 0 AND visitor_places", name="visitor_places"),
        CheckConstraint(
            "(state = 'cancelled') = (cancellation_reason IS NOT NULL)", name="cancelled"
        ),
        # A permit that is granted was asked for.
        CheckConstraint("permit_number IS NULL OR permit_applied_on IS NOT NULL", name="permit"),
    )

    id: Mapped[UUID] = key_column()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"), comment="the event")
    number: Mapped[int] = mapped_column(comment="counts within the event")
    city: Mapped[str] = mapped_column(comment="code of the city, events.rules.cities")
    host_zh: Mapped[str] = mapped_column(comment="university or house that receives it, Chinese")
    host_en: Mapped[str] = mapped_column(comment="university or house that receives it, English")
    place_zh: Mapped[str] = mapped_column(comment="hall and address, Chinese")
    place_en: Mapped[str] = mapped_column(comment="hall and address, English")
    starts_at: Mapped[datetime] = mapped_column(comment="beginning")
    ends_at: Mapped[datetime] = mapped_column(comment="end")
    held_on: Mapped[date] = mapped_column(comment="day in the zone's time")
    state: Mapped[SessionState] = enum_column(SessionState, comment="planned or cancelled")
    cancellation_reason: Mapped[str | None] = mapped_column(comment="why cancelled, shown to all")
    places: Mapped[int] = mapped_column(default=0, comment="companies it takes")
    places_taken: Mapped[int] = mapped_column(default=0, comment="companies that hold a place")
    last_queue_number: Mapped[int] = mapped_column(
        default=0, comment="last number given on the companies' waiting list"
    )
    visitor_places: Mapped[int | None] = mapped_column(
        comment="persons it takes, none: as many as come"
    )
    visitors_taken: Mapped[int] = mapped_column(default=0, comment="persons that hold a place")
    last_visitor_queue_number: Mapped[int] = mapped_column(
        default=0, comment="last number given on the persons' waiting list"
    )
    expected_visitors: Mapped[int] = mapped_column(
        default=0, comment="persons expected; from 1,000 the police must permit it"
    )
    permit_applied_on: Mapped[date | None] = mapped_column(comment="day the permit was asked for")
    permit_number: Mapped[str | None] = mapped_column(comment="number of the permit")
    code: Mapped[str] = mapped_column(unique=True, comment="random, in the session's QR code")
    clock_at: Mapped[datetime | None] = mapped_column(
        comment="when the clock takes its next step by itself"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when entered")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}
