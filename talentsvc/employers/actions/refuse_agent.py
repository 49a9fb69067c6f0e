"""Refusing a person's wish to act for an employer, with the reason that the person reads."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.employers import messages
from talentsvc.employers.actions.ask_for_authorisation import task_key
from talentsvc.employers.agency import check_may_answer, lock_agent, move_agent
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.rules import checked_reason
from talentsvc.employers.telling import tell_agent
from talentsvc.employers.terms import AgentStep
from talentsvc.tasks.actions.settle_causes import settle_causes


def refuse_agent(
    employer_id: UUID, agent_id: UUID, *, reason: str, actor: Actor, at: datetime
) -> EmployerAgent:
    """Refuse an authorisation that was asked for; the person may ask again with a better letter.

    Errors: InvalidInput without a reason, NotFoundHere, FourEyesViolated, NotAllowedNow.
    """
    said = checked_reason(reason)
    employer, agent = lock_agent(employer_id, agent_id)
    check_may_answer(employer, agent, actor)
    move_agent(employer, agent, AgentStep.REFUSE, actor=actor, at=at, reason=said)
    tell_agent(employer, agent, messages.AGENT_REFUSED, at=at, reason=said)
    settle_causes(task_key(agent.id), settlement="agent_refused", actor=actor, at=at)
    return agent
