"""What a company keeps to register again: its notice and its positions. Deleting one touches no registration."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.extensions.database import Model, enum_column, key_column
from talentsvc.policy.terms import EducationLevel


class NoticeTemplate(Model):
    """A company's hiring notice, to be copied into a registration."""

    __tablename__ = "notice_template"
    __table_args__ = (UniqueConstraint("employer_id", "name", name="uq_notice_template_name"),)

    id: Mapped[UUID] = key_column()
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("employer.id"), comment="whose")
    name: Mapped[str] = mapped_column(comment="how the company calls it")
    about: Mapped[str] = mapped_column(comment="the company in its own words")
    contact_name: Mapped[str] = mapped_column(default="", comment="whom to ask")
    updated_at: Mapped[datetime] = mapped_column(comment="when last changed")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}


class PositionTemplate(Model):
    """A position, to be copied into a registration."""

    __tablename__ = "position_template"
    __table_args__ = (
        CheckConstraint("headcount BETWEEN 1 AND 999", name="headcount"),
        CheckConstraint("salary_from <= salary_to", name="salary"),
    )

    id: Mapped[UUID] = key_column()
    employer_id: Mapped[UUID] = mapped_column(
        ForeignKey("employer.id"), index=True, comment="whose"
    )
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
    updated_at: Mapped[datetime] = mapped_column(comment="when last changed")
    version: Mapped[int] = mapped_column(default=1, comment="raised with each change")

    __mapper_args__ = {"version_id_col": version}
