"""Reminding an agent that an authorisation ends; the end itself needs nobody (decisions.md, "Time")."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import CLOCK
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.employers import messages
from talentsvc.employers.agency import lock_agent
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.telling import tell_agent
from talentsvc.employers.terms import AgentState
from talentsvc.extensions.database import db


def remind_of_expiry(agent_id: UUID, *, at: datetime) -> bool:
    """Tell the agent once for each last day; False when that was done or nothing is in force any more.

    `queries.agents_to_remind` finds whom by age, so a worker that was down for weeks misses nobody.
    """
    found = db.session.get(EmployerAgent, agent_id)
    if found is None:
        return False
    employer, agent = lock_agent(found.employer_id, agent_id)
    if agent.state is not AgentState.ACTIVE or agent.reminded_until == agent.authorised_until:
        return False
    agent.reminded_until = agent.authorised_until
    until = agent.authorised_until.isoformat()
    record(
        SubjectKind.EMPLOYER,
        employer.id,
        "remind_of_expiry",
        actor=CLOCK,
        at=at,
        after={"agent": agent.id, "until": until},
    )
    tell_agent(employer, agent, messages.AUTHORISATION_EXPIRING, at=at, until=until)
    return True
