"""Asking to act for an employer: the first time, or to go on after the end of an authorisation."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.employers import messages
from talentsvc.employers.agency import lock_employer, open_agency
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.rules import checked_until
from talentsvc.employers.telling import tell_agents
from talentsvc.employers.terms import VERIFICATION_WORKING_DAYS, AgentState
from talentsvc.extensions.database import db
from talentsvc.people.queries import person_of
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind


def ask_for_authorisation(
    employer_id: UUID,
    *,
    person_id: UUID,
    until: date | None,
    is_founder: bool,
    authorisation_file_id: UUID | None,
    actor: Actor,
    at: datetime,
) -> EmployerAgent:
    """Ask for an authorisation until a day, proved by a stamped letter.

    An agent of the employer or the desk answers; both are told. One in force may be asked for anew:
    the new one takes its place once confirmed.
    Errors: InvalidInput for the day or a second question while one is open; NotFoundHere.
    """
    until = checked_until(until, local_date(at))
    employer = lock_employer(employer_id)
    if open_agency(employer_id, person_id, AgentState.PENDING) is not None:
        raise InvalidInput("credit_code", "asked_already")
    agent = EmployerAgent(
        employer_id=employer_id,
        person_id=person_id,
        is_founder=is_founder,
        authorised_until=until,
        authorisation_file_id=authorisation_file_id,
        state=AgentState.PENDING,
        created_at=at,
    )
    db.session.add(agent)
    db.session.flush()
    after = {"agent": agent.id, "person": person_id, "until": until, "is_founder": is_founder}
    record(
        SubjectKind.EMPLOYER, employer_id, "ask_for_authorisation", actor=actor, at=at, after=after
    )
    _tell(employer, agent, at)
    return agent


def _tell(employer: Employer, agent: EmployerAgent, at: datetime) -> None:
    name = person_of(agent.person_id).name
    until = agent.authorised_until.isoformat()
    tell_agents(employer, agent.id, messages.AGENT_REQUESTED, at=at, name=name, until=until)
    open_task(
        TaskKind.EMPLOYER_TO_VERIFY,
        owner=Role.CLERK,
        subject_kind=SubjectKind.EMPLOYER.value,
        subject_id=employer.id,
        params={"what": "authorisation"},
        dedupe_key=task_key(agent.id),
        working_days=VERIFICATION_WORKING_DAYS,
        at=at,
    )


def task_key(agent_id: UUID) -> str:
    """What the desk's task about an authorisation is known by."""
    return f"authorise_agent:{agent_id}"
