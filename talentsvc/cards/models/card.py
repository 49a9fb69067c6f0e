"""Cards and what happened to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.cards.terms import CancellationReason, CardAction, CardState, SuspensionReason
from talentsvc.extensions.database import Base, Model, enum_column, key_column
from talentsvc.policy.terms import Tier

card_number = Sequence("card_number", metadata=Base.metadata)
status_list_index = Sequence("status_list_index", metadata=Base.metadata)


class Card(Model):
    """The credential of a recognised talent."""

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("valid_until >= valid_from", name="period"),
        CheckConstraint(
            "(state = 'suspended') = (suspension_reason IS NOT NULL)", name="suspended_with_reason"
        ),
        CheckConstraint(
            "(state = 'cancelled') = (cancellation_reason IS NOT NULL)",
            name="cancelled_with_reason",
        ),
        # One card in hand per person and tier; the number itself is unique by its column.
        Index(
            "uq_card_in_force",
            "person_id",
            "tier",
            unique=True,
            postgresql_where=text("state IN ('active', 'suspended')"),
        ),
        Index(
            "ix_card_expiry",
            "valid_until",
            postgresql_where=text("state IN ('active', 'suspended')"),
        ),
        Index("ix_card_application", "application_id"),
        Index("ix_card_list", "state", "valid_until", "id"),
    )

    id: Mapped[UUID] = key_column()
    number: Mapped[str] = mapped_column(unique=True, comment="GXC-year-number-check")
    tier: Mapped[Tier] = enum_column(Tier, comment="A, B or C")
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, comment="holder")
    employer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("employer.id"), comment="employer when issued"
    )
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("application.id"), comment="the case it comes from"
    )
    photo_file_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("stored_file.id"), comment="portrait"
    )
    state: Mapped[CardState] = enum_column(
        CardState, comment="active, suspended, replaced, cancelled, expired"
    )
    suspension_reason: Mapped[SuspensionReason | None] = enum_column(
        SuspensionReason, nullable=True, comment="why it is out of use"
    )
    cancellation_reason: Mapped[CancellationReason | None] = enum_column(
        CancellationReason, nullable=True, comment="why it ended early"
    )
    valid_from: Mapped[date] = mapped_column(comment="first day")
    valid_until: Mapped[date] = mapped_column(comment="last day")
    nonce: Mapped[str] = mapped_column(
        unique=True, comment="96 random bits in the QR; opens the verify page"
    )
    key_id: Mapped[str] = mapped_column(comment="signing key reserved for the offline token")
    status_index: Mapped[int] = mapped_column(
        unique=True, comment="place reserved in the status list"
    )
    replaces_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("card.id"), unique=True, comment="the card it replaces"
    )
    issued_at: Mapped[datetime] = mapped_column(comment="when issued")
    handed_over_at: Mapped[datetime | None] = mapped_column(comment="when the holder got it")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}


class CardEvent(Model):
    """One step of a card."""

    __tablename__ = "card_event"
    __table_args__ = (UniqueConstraint("card_id", "sequence", name="uq_card_event_sequence"),)

    id: Mapped[UUID] = key_column()
    card_id: Mapped[UUID] = mapped_column(ForeignKey("card.id"), comment="the card")
    sequence: Mapped[int] = mapped_column(comment="1, 2, 3 ... of the card")
    action: Mapped[CardAction] = enum_column(CardAction, comment="what was done")
    from_state: Mapped[CardState | None] = enum_column(
        CardState, nullable=True, comment="state before", name_suffix="from"
    )
    to_state: Mapped[CardState] = enum_column(CardState, comment="state after", name_suffix="to")
    actor_account_id: Mapped[UUID | None] = mapped_column(comment="who; none for the clock")
    acting_as: Mapped[str] = mapped_column(comment="capacity")
    at: Mapped[datetime] = mapped_column(comment="when it took effect")
    reason: Mapped[str | None] = mapped_column(comment="in words")
    data: Mapped[dict[str, Any]] = mapped_column(
        comment="what else is worth keeping; nothing personal"
    )
