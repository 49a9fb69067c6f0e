"""Ending an authorisation before its day: by the person, by another agent, or by the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.employers import messages
from talentsvc.employers.actions.ask_for_authorisation import task_key
from talentsvc.employers.agency import lock_agent, move_agent
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.rules import checked_reason
from talentsvc.employers.telling import tell_agent
from talentsvc.employers.terms import AgentEnded, AgentState, AgentStep
from talentsvc.extensions.unit_of_work import happen
from talentsvc.tasks.actions.settle_causes import settle_causes


def end_agent(
    employer_id: UUID, agent_id: UUID, *, reason: str | None, actor: Actor, at: datetime
) -> EmployerAgent:
    """End an authorisation at once, or take back a question that is still open.

    Somebody else's needs a reason, which that person reads; one's own needs none. Endorsements that
    wait for the person follow from `AgentEnded`.
    Errors: InvalidInput without a reason, NotFoundHere, NotAllowedNow when it is over already.
    """
    employer, agent = lock_agent(employer_id, agent_id)
    is_own = actor.person_id == agent.person_id
    said = (reason or "").strip() if is_own else checked_reason(reason or "")
    was_active = agent.state is AgentState.ACTIVE
    move_agent(employer, agent, AgentStep.END, actor=actor, at=at, reason=said or None)
    settle_causes(task_key(agent.id), settlement="agent_ended", actor=actor, at=at)
    if not is_own:
        tell_agent(employer, agent, messages.AGENT_ENDED, at=at, reason=said)
    if was_active:
        happen(AgentEnded(employer_id=employer.id, person_id=agent.person_id))
    return agent
