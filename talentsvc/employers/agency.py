"""Authorisations at work: locked under their employer, and moved by one function (guarantees.md G2, G3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import FourEyesViolated, NotFoundHere, StaleVersion
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.rules import AGENT_STEPS
from talentsvc.employers.terms import AgentState, AgentStep
from talentsvc.extensions.database import db

OPEN = (AgentState.PENDING, AgentState.ACTIVE)


def lock_employer(employer_id: UUID, *, expected_version: int | None = None) -> Employer:
    """Lock an employer; its agents are only changed under this lock.

    Errors: NotFoundHere; StaleVersion when the page that asks was rendered for another version.
    """
    employer = db.session.execute(
        select(Employer)
        .where(Employer.id == employer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if employer is None:
        raise NotFoundHere()
    if expected_version is not None and employer.version != expected_version:
        raise StaleVersion()
    return employer


def lock_agent(employer_id: UUID, agent_id: UUID) -> tuple[Employer, EmployerAgent]:
    """Lock an authorisation and its employer. Errors: NotFoundHere, also for another employer's agent."""
    employer = lock_employer(employer_id)
    agent = db.session.execute(
        select(EmployerAgent)
        .where(EmployerAgent.id == agent_id, EmployerAgent.employer_id == employer_id)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if agent is None:
        raise NotFoundHere()
    return employer, agent


def check_not_oneself(agent: EmployerAgent, actor: Actor) -> None:
    """Nobody decides on an authorisation of his own. Errors: FourEyesViolated, also without a person."""
    if actor.is_signed_in and actor.person_id in (None, agent.person_id):
        raise FourEyesViolated("own_authorisation")


def has_tie(employer: Employer, actor: Actor) -> bool:
    """Whether an officer registered an employer, or holds or asks for an authorisation of it."""
    if actor.account_id is not None and actor.account_id == employer.registered_by_account_id:
        return True
    if actor.person_id is None:
        return False
    ties = select(EmployerAgent.id).where(
        EmployerAgent.employer_id == employer.id,
        EmployerAgent.person_id == actor.person_id,
        EmployerAgent.state.in_(OPEN),
    )
    return db.session.execute(ties.limit(1)).first() is not None


def check_officer(employer: Employer, actor: Actor) -> None:
    """An officer with a tie to an employer does not decide about it (decisions.md, four eyes).

    Errors: FourEyesViolated, also for an officer whose account has no person behind it.
    """
    if actor.is_signed_in and actor.person_id is None:
        raise FourEyesViolated("no_person")
    if has_tie(employer, actor):
        raise FourEyesViolated("own_employer")


def check_may_answer(employer: Employer, agent: EmployerAgent, actor: Actor) -> None:
    """Another agent of the employer may answer who else acts for it, or an officer without a tie to it.

    Errors: FourEyesViolated, NotFoundHere for an agent of another employer.
    """
    check_not_oneself(agent, actor)
    if actor.acting_as != "agent":
        check_officer(employer, actor)
    elif employer.id not in actor.employer_ids:
        raise NotFoundHere()


def move_agent(
    employer: Employer,
    agent: EmployerAgent,
    step: AgentStep,
    *,
    actor: Actor,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Take one step with an authorisation: the only writer of its state.

    Errors: NotAllowedNow for a step that the table forbids in its state.
    """
    before = agent.state
    agent.state = AGENT_STEPS.target(before, step)
    agent.reason = reason
    if step is AgentStep.END:
        agent.ended_at = at
    else:
        agent.decided_by_account_id = actor.account_id
        agent.decided_by_person_id = actor.person_id
        agent.decided_at = at
    record(
        SubjectKind.EMPLOYER,
        employer.id,
        step.value,
        actor=actor,
        at=at,
        before={"agent": agent.id, "state": before.value},
        after={"agent": agent.id, "state": agent.state.value},
        on_behalf_of=employer.id if actor.acting_as == "agent" else None,
    )
    db.session.flush()


def open_agency(employer_id: UUID, person_id: UUID, state: AgentState) -> EmployerAgent | None:
    """The one authorisation of a person that is pending, or the one in force (expired or not)."""
    return db.session.execute(
        select(EmployerAgent).where(
            EmployerAgent.employer_id == employer_id,
            EmployerAgent.person_id == person_id,
            EmployerAgent.state == state,
        )
    ).scalar_one_or_none()


def replace_agency_in_force(
    employer: Employer, agent: EmployerAgent, *, actor: Actor, at: datetime
) -> None:
    """End the authorisation that a new one takes the place of; the person goes on acting."""
    old = open_agency(employer.id, agent.person_id, AgentState.ACTIVE)
    if old is not None and old.id != agent.id:
        move_agent(employer, old, AgentStep.END, actor=actor, at=at)
