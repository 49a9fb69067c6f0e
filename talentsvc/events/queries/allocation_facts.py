"""What the allocation of booths goes by: booths, companies, needs, wishes, points, breaches, what is fixed.

Read in few queries whatever the size of the fair; the digest says whether two runs saw the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.core.canonical import digest
from talentsvc.employers.models import EmployerBreach, EmployerPoints
from talentsvc.employers.terms import BREACHES_COUNT_MONTHS
from talentsvc.events.queries.halls import Company, booths_of, companies_of, drawn, hall_of
from talentsvc.events.rules.halls import DrawnBooth, neighbours_of
from talentsvc.extensions.database import db


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """A company that is to stand somewhere.

    `points` are hundredths of a point of the newest year that is on file for it, None when none is:
    they are read, never computed. `breaches` are those of its legal person that count and are not
    lifted. `fixed_booth` is where an officer put it.
    """

    registration_id: UUID
    industry: str
    size_m2: int
    power_w: int
    wishes: Mapping[str, Any]
    points: int | None
    breaches: int
    filed_at: datetime | None
    booth: str | None
    fixed_booth: str | None


@dataclass(frozen=True, slots=True)
class AllocationFacts:
    """Everything that goes into a run, in a fixed order."""

    booths: tuple[DrawnBooth, ...]
    beside: Mapping[str, frozenset[str]]
    companies: tuple[CompanyFacts, ...]

    def digest(self) -> str:
        """SHA-256 of all of it; who stands where without being fixed is an outcome and no input."""
        seen = {
            "booths": [asdict(booth) for booth in self.booths],
            "companies": [
                {name: value for name, value in asdict(one).items() if name != "booth"}
                for one in self.companies
            ],
        }
        return digest(seen).hex()


def allocation_facts(session_id: UUID) -> AllocationFacts:
    """The facts of a session. Five queries. Errors: NotFoundHere."""
    hall = hall_of(session_id)
    booths = tuple(drawn(booth) for booth in booths_of(hall.plan))
    companies = companies_of(session_id)
    points = _newest_points({one.employer.id for one in companies})
    legal = {one.registration.legal_employer_id for one in companies}
    breaches = _breaches(legal, hall.session.starts_at)
    ordered = sorted(companies, key=lambda one: one.registration.id)
    return AllocationFacts(
        booths=booths,
        beside=neighbours_of(booths),
        companies=tuple(
            _facts(
                one,
                points.get(one.employer.id),
                breaches.get(one.registration.legal_employer_id, 0),
            )
            for one in ordered
        ),
    )


def _facts(company: Company, points: int | None, breaches: int) -> CompanyFacts:
    registration, booth = company.registration, company.booth
    number = booth.number if booth is not None else None
    is_fixed = company.assignment is not None and company.assignment.is_locked
    return CompanyFacts(
        registration_id=registration.id,
        industry=company.employer.industry.value,
        size_m2=registration.booth_size_m2,
        power_w=registration.booth_power_w,
        wishes=registration.wishes,
        points=points,
        breaches=breaches,
        filed_at=registration.first_submitted_at,
        booth=number,
        fixed_booth=number if is_fixed else None,
    )


def _newest_points(employer_ids: set[UUID]) -> dict[UUID, int]:
    statement = (
        select(EmployerPoints.employer_id, EmployerPoints.total)
        .where(EmployerPoints.employer_id.in_(employer_ids))
        .order_by(EmployerPoints.year)
    )
    # The later year takes the place of the earlier one.
    return {employer_id: total for employer_id, total in db.session.execute(statement)}


def _breaches(legal_employer_ids: set[UUID], before: datetime) -> dict[UUID, int]:
    """Breaches in the months before the session in which they count together (facts.md 3.1)."""
    since = before - func.make_interval(0, BREACHES_COUNT_MONTHS)
    statement = (
        select(EmployerBreach.legal_employer_id, func.count())
        .where(
            EmployerBreach.legal_employer_id.in_(legal_employer_ids),
            EmployerBreach.lifted_at.is_(None),
            EmployerBreach.at >= since,
            EmployerBreach.at < before,
        )
        .group_by(EmployerBreach.legal_employer_id)
    )
    return {legal_id: count for legal_id, count in db.session.execute(statement)}
