"""Persons at a session: their places, invitations, and what they say of it afterwards."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import InvitationState, VisitState
from talentsvc.extensions.database import Model, Sealed, enum_column, key_column


class Visit(Model):
    """One person for one session."""

    __tablename__ = "visit"
    __table_args__ = (
        Index(
            "uq_visit_open",
            "session_id",
            "account_id",
            unique=True,
            postgresql_where=text("state IN ('registered', 'checked_in')"),
        ),
        Index(
            "uq_visit_queue",
            "session_id",
            "queue_number",
            unique=True,
            postgresql_where=text("place = 'waiting'"),
        ),
        Index("ix_visit_account", "account_id", "id"),
        Index("ix_visit_session", "session_id", "state", "id"),
        CheckConstraint("(place = 'waiting') = (queue_number IS NOT NULL)", name="queue_number"),
        CheckConstraint(
            "state NOT IN ('cancelled', 'session_cancelled') OR place = 'none'",
            name="place_given_back",
        ),
        CheckConstraint("(state = 'checked_in') = (checked_in_at IS NOT NULL)", name="checked_in"),
    )

    id: Mapped[UUID] = key_column()
    session_id: Mapped[UUID] = mapped_column(ForeignKey("fair_session.id"), comment="for which")
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), comment="who comes")
    state: Mapped[VisitState] = enum_column(VisitState, comment="where it stands")
    place: Mapped[PlaceState] = enum_column(PlaceState, comment="held, waited for, or none")
    queue_number: Mapped[int | None] = mapped_column(comment="order on the waiting list")
    code: Mapped[str] = mapped_column(unique=True, comment="random, in the visit's QR code")
    registered_at: Mapped[datetime] = mapped_column(comment="when registered")
    checked_in_at: Mapped[datetime | None] = mapped_column(comment="when let in")
    updated_at: Mapped[datetime] = mapped_column(comment="when last changed")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}


class EventInvitation(Model):
    """Somebody asked to come; the link of the message opens a page with a button."""

    __tablename__ = "event_invitation"
    __table_args__ = (
        UniqueConstraint("event_id", "email_index", name="uq_event_invitation_address"),
        CheckConstraint(
            "(state IN ('accepted', 'declined')) = (answered_at IS NOT NULL)", name="answered"
        ),
    )

    id: Mapped[UUID] = key_column()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"), comment="to what")
    name: Mapped[str] = mapped_column(comment="how the message addresses the guest")
    email_sealed: Mapped[bytes] = mapped_column(comment="address, encrypted")
    email_index: Mapped[bytes] = mapped_column(comment="blind index of the address")
    language: Mapped[str] = mapped_column(comment="zh or en")
    token_hash: Mapped[bytes] = mapped_column(unique=True, comment="SHA-256 of the link's token")
    state: Mapped[InvitationState] = enum_column(
        InvitationState, comment="sent, accepted, declined or withdrawn"
    )
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id"), comment="account that accepted it"
    )
    invited_by_account_id: Mapped[UUID | None] = mapped_column(comment="who invited")
    invited_at: Mapped[datetime] = mapped_column(comment="when")
    answered_at: Mapped[datetime | None] = mapped_column(comment="when answered")

    email = Sealed("email_sealed")


class VisitFeedback(Model):
    """How it was, in five grades and words; at most once a visit."""

    __tablename__ = "visit_feedback"
    __table_args__ = (CheckConstraint("grade BETWEEN 1 AND 5", name="grade"),)

    id: Mapped[UUID] = key_column()
    visit_id: Mapped[UUID] = mapped_column(
        ForeignKey("visit.id"), unique=True, comment="of which visit"
    )
    grade: Mapped[int] = mapped_column(comment="5 very good ... 1 very bad")
    words: Mapped[str] = mapped_column(default="", comment="in the person's own words")
    given_at: Mapped[datetime] = mapped_column(comment="when")
