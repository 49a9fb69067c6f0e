"""Authorising a person at once, without a question before it: at the desk, on the strength of the papers shown."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date
from talentsvc.employers import messages
from talentsvc.employers.agency import check_not_oneself, lock_employer, replace_agency_in_force
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.rules import checked_until
from talentsvc.employers.telling import tell_agent
from talentsvc.employers.terms import AgentState
from talentsvc.extensions.database import db
from talentsvc.people.models import Person


def authorise_agent(
    employer: Employer,
    person: Person,
    *,
    until: date,
    is_founder: bool,
    actor: Actor,
    at: datetime,
    authorisation_file_id: UUID | None = None,
) -> EmployerAgent:
    """Authorise a person until a day; it takes the place of an authorisation in force.

    Errors: InvalidInput for the day, FourEyesViolated for oneself.
    """
    last_day = checked_until(until, local_date(at))
    locked = lock_employer(employer.id)
    agent = EmployerAgent(
        employer_id=locked.id,
        person_id=person.id,
        is_founder=is_founder,
        authorised_until=last_day,
        authorisation_file_id=authorisation_file_id,
        state=AgentState.ACTIVE,
        decided_by_account_id=actor.account_id,
        decided_by_person_id=actor.person_id,
        decided_at=at,
        created_at=at,
    )
    check_not_oneself(agent, actor)
    replace_agency_in_force(locked, agent, actor=actor, at=at)
    db.session.add(agent)
    db.session.flush()
    after = {"agent": agent.id, "person": person.id, "until": last_day, "is_founder": is_founder}
    record(SubjectKind.EMPLOYER, locked.id, "authorise_agent", actor=actor, at=at, after=after)
    tell_agent(locked, agent, messages.AGENT_CONFIRMED, at=at, until=last_day.isoformat())
    return agent
