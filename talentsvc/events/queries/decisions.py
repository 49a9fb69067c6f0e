"""Reads for decisions about many registrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from talentsvc.employers.models import Employer
from talentsvc.events.models import FairRegistration, RegistrationPosition
from talentsvc.events.terms.registration import RegistrationState
from talentsvc.extensions.database import db

#: Shown on one page; what is decided leaves room for the rest.
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class WaitingForAudit:
    """One registration to decide about."""

    id: UUID
    reference: str
    company: str
    filed_at: datetime | None
    positions: int
    flags: int


def waiting_for_audit(session_id: UUID) -> list[WaitingForAudit]:
    """Filed registrations of a session in the order of filing, with what was flagged. One query."""
    flagged = func.coalesce(func.sum(func.jsonb_array_length(RegistrationPosition.flags)), 0)
    statement = (
        select(
            FairRegistration.id,
            FairRegistration.reference,
            Employer.name,
            FairRegistration.submitted_at,
            func.count(RegistrationPosition.id),
            flagged,
        )
        .join(Employer, Employer.id == FairRegistration.employer_id)
        .outerjoin(
            RegistrationPosition, RegistrationPosition.registration_id == FairRegistration.id
        )
        .where(
            FairRegistration.session_id == session_id,
            FairRegistration.state == RegistrationState.SUBMITTED,
        )
        .group_by(FairRegistration.id, Employer.name)
        .order_by(FairRegistration.submitted_at, FairRegistration.id)
        .limit(MOST_SHOWN)
    )
    return [WaitingForAudit(*row) for row in db.session.execute(statement)]


def names_of(registration_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The companies of registrations. One query, none without any."""
    if not registration_ids:
        return {}
    statement = (
        select(FairRegistration.id, Employer.name)
        .join(Employer, Employer.id == FairRegistration.employer_id)
        .where(FairRegistration.id.in_(registration_ids))
    )
    return {one: name for one, name in db.session.execute(statement)}
