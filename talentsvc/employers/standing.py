"""A company's standing at fairs: broken promises, and the bar that follows from them (facts.md 3.1, 8.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.employers.bars import barred_until
from talentsvc.employers.models import Employer, EmployerBreach
from talentsvc.extensions.database import db


@dataclass(frozen=True, slots=True)
class Standing:
    """Breaches that still count, and until when the legal person is barred; None when it is not."""

    breaches: tuple[EmployerBreach, ...]
    barred_until: datetime | None


def legal_employer_id(employer: Employer) -> UUID:
    """The legal person that answers for an employer: the parent of a branch, else itself."""
    return employer.parent_employer_id or employer.id


def standing_of(legal_id: UUID, at: datetime) -> Standing:
    """The standing of a legal person at a moment. One query."""
    return standings_of([legal_id], at)[legal_id]


def standings_of(legal_ids: Iterable[UUID], at: datetime) -> dict[UUID, Standing]:
    """The standings of several legal persons. One query."""
    wanted = list(dict.fromkeys(legal_ids))
    found: dict[UUID, list[EmployerBreach]] = {legal_id: [] for legal_id in wanted}
    rows = db.session.execute(
        select(EmployerBreach)
        .where(
            EmployerBreach.legal_employer_id.in_(wanted),
            EmployerBreach.lifted_at.is_(None),
            EmployerBreach.at <= at,
        )
        .order_by(EmployerBreach.at, EmployerBreach.id)
    ).scalars()
    for row in rows:
        found[row.legal_employer_id].append(row)
    return {
        legal_id: Standing(tuple(breaches), barred_until([one.at for one in breaches], at))
        for legal_id, breaches in found.items()
    }
