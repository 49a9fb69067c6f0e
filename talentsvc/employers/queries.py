"""Reads of employers and agents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.models import Account
from talentsvc.accounts.recipients import recipient_of
from talentsvc.core.clock import local_date, now
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.terms import AgentState, EmployerState
from talentsvc.extensions.database import db
from talentsvc.notices.terms import Recipient


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


def agent_person_ids(employer_id: UUID) -> frozenset[UUID]:
    """Persons who may act for an employer today."""
    statement = select(EmployerAgent.person_id).where(
        EmployerAgent.employer_id == employer_id,
        EmployerAgent.state == AgentState.ACTIVE,
        EmployerAgent.authorised_until >= local_date(now()),
    )
    return frozenset(db.session.execute(statement).scalars())


def agent_recipients(employer_id: UUID) -> list[Recipient]:
    """Where messages for an employer go: to every agent who may act for it today."""
    statement = (
        select(Account)
        .where(Account.person_id.in_(agent_person_ids(employer_id)))
        .order_by(Account.created_at, Account.id)
    )
    return [recipient_of(account) for account in db.session.execute(statement).scalars()]


def employer_name(employer_id: UUID) -> str:
    """The registered name of an employer."""
    return db.session.execute(select(Employer.name).where(Employer.id == employer_id)).scalar_one()
