"""Reads of what a company keeps to register again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from talentsvc.events.models import NoticeTemplate, PositionTemplate
from talentsvc.extensions.database import db


@dataclass(frozen=True, slots=True)
class Kept:
    """A company's templates, each in the order of their names."""

    notices: list[NoticeTemplate]
    positions: list[PositionTemplate]


def kept_by(employer_id: UUID) -> Kept:
    """The templates of a company. Two queries."""
    notices = select(NoticeTemplate).where(NoticeTemplate.employer_id == employer_id)
    positions = select(PositionTemplate).where(PositionTemplate.employer_id == employer_id)
    return Kept(
        list(db.session.execute(notices.order_by(NoticeTemplate.name)).scalars()),
        list(
            db.session.execute(
                positions.order_by(PositionTemplate.title, PositionTemplate.id)
            ).scalars()
        ),
    )
