"""Arrivals and departures as dated facts; corrections are new facts, statistics only read them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, enum_column, key_column
from talentsvc.talent_facts.terms import FactSource


class ArrivalFact(Model):
    """Somebody began to work in the zone: the contract's start or the first insurance, never a card's date."""

    __tablename__ = "arrival_fact"
    __table_args__ = (UniqueConstraint("source", "source_id", name="uq_arrival_fact_source"),)

    id: Mapped[UUID] = key_column()
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, comment="who")
    employer_id: Mapped[UUID | None] = mapped_column(comment="where")
    arrived_on: Mapped[date] = mapped_column(index=True, comment="first day")
    source: Mapped[FactSource] = enum_column(FactSource, comment="what proves it")
    source_id: Mapped[UUID] = mapped_column(comment="the card, import row ... that proves it")
    recorded_at: Mapped[datetime] = mapped_column(comment="when it became known")
