"""Written pledges in place of minor papers (容缺受理)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.cards.terms import PledgeState
from talentsvc.extensions.database import Model, Sealed, enum_column, key_column


class Pledge(Model):
    """A written promise to hand one paper in by a day; the case is taken in with it."""

    __tablename__ = "pledge"
    __table_args__ = (
        CheckConstraint("(state = 'fulfilled') = (fulfilled_at IS NOT NULL)", name="fulfilled"),
        # It runs, and can be overdue, only from its receipt at the window on.
        CheckConstraint("(due_on IS NULL) = (begun_at IS NULL)", name="begun"),
        CheckConstraint("overdue_at IS NULL OR due_on IS NOT NULL", name="overdue"),
        Index(
            "uq_pledge_open",
            "application_id",
            "item_code",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_pledge_application", "application_id"),
        Index("ix_pledge_due", "due_on", "id", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UUID] = key_column()
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), comment="the case")
    item_code: Mapped[str] = mapped_column(comment="item of the evidence list that is pledged")
    state: Mapped[PledgeState] = enum_column(PledgeState, comment="open, fulfilled or taken back")
    words_sealed: Mapped[bytes] = mapped_column(
        comment="why the paper is not there yet, in the applicant's words, encrypted"
    )
    given_at: Mapped[datetime] = mapped_column(comment="when it was given")
    given_by_account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id"), comment="who wrote it down: the applicant, or a clerk"
    )
    taken_in_by_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), comment="clerk who took it in at the window; none online"
    )
    begun_at: Mapped[datetime | None] = mapped_column(comment="when its time began to run")
    due_on: Mapped[date | None] = mapped_column(comment="last day to hand the paper in")
    overdue_at: Mapped[datetime | None] = mapped_column(
        comment="when its day had passed, once that is written down"
    )
    fulfilled_at: Mapped[datetime | None] = mapped_column(comment="when the paper was there")
    fulfilled_by_person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), comment="clerk who saw the paper"
    )
    fulfilled_note: Mapped[str | None] = mapped_column(comment="what the clerk saw")

    words = Sealed("words_sealed")
