"""Confirming that a person may act for an employer: by the desk, or by another agent of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.clock import local_date
from talentsvc.core.errors import NotAllowedNow
from talentsvc.employers import messages
from talentsvc.employers.actions.ask_for_authorisation import task_key
from talentsvc.employers.agency import (
    check_may_answer,
    lock_agent,
    move_agent,
    replace_agency_in_force,
)
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.telling import tell_agent
from talentsvc.employers.terms import AgentStep
from talentsvc.tasks.actions.settle_causes import settle_causes


def confirm_agent(
    employer_id: UUID, agent_id: UUID, *, actor: Actor, at: datetime
) -> EmployerAgent:
    """Confirm an authorisation that was asked for; it takes the place of one in force for that person.

    Errors: NotFoundHere, FourEyesViolated for one's own, NotAllowedNow when it is answered already
    or its last day is over.
    """
    employer, agent = lock_agent(employer_id, agent_id)
    check_may_answer(employer, agent, actor)
    if agent.authorised_until < local_date(at):
        raise NotAllowedNow("expired", AgentStep.CONFIRM)
    replace_agency_in_force(employer, agent, actor=actor, at=at)
    move_agent(employer, agent, AgentStep.CONFIRM, actor=actor, at=at)
    tell_agent(
        employer, agent, messages.AGENT_CONFIRMED, at=at, until=agent.authorised_until.isoformat()
    )
    settle_causes(task_key(agent.id), settlement="agent_confirmed", actor=actor, at=at)
    return agent
