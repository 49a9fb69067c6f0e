"""Reads of employers and agents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.core.clock import local_date
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.terms import AgentState, EmployerState
from talentsvc.extensions.database import db


def employer_ids_of_agent(person_id: UUID, at: datetime) -> list[UUID]:
    """Verified employers a person may act for at a moment."""
    statement = (
        select(EmployerAgent.employer_id)
        .join(Employer, Employer.id == EmployerAgent.employer_id)
        .where(
            EmployerAgent.person_id == person_id,
            EmployerAgent.state == AgentState.ACTIVE,
            EmployerAgent.authorised_until >= local_date(at),
            Employer.state == EmployerState.VERIFIED,
        )
    )
    return list(db.session.execute(statement).scalars())
