"""Reads of employers and agents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, text

from talentsvc.accounts.models import Account
from talentsvc.accounts.recipients import recipient_of
from talentsvc.audit.models import AuditEntry, AuditStream
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.clock import local_date, now
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.names import query_tokens
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.core.typed_text import compact_upper
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.terms import REMINDED_DAYS_AHEAD, AgentState, EmployerState
from talentsvc.extensions.database import db
from talentsvc.notices.terms import Recipient
from talentsvc.people.models import Person

PAGE_SIZE = 25
CHOICES = 20
HISTORY_SHOWN = 50

_SIMPLE = text("'simple'")


@dataclass(frozen=True, slots=True)
class Agency:
    """One authorisation with its employer, and whether it holds on the day asked about."""

    agent: EmployerAgent
    employer: Employer
    is_in_force: bool
    is_expired: bool
    is_ending_soon: bool


@dataclass(frozen=True, slots=True)
class Company:
    """An employer as one person may see it: an agent sees everything, whoever registered it no colleagues."""

    employer: Employer
    agency: EmployerAgent
    is_agent: bool


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
    return frozenset(db.session.execute(_agents_today(employer_id)).scalars())


def _agents_today(employer_id: UUID) -> Select[UUID]:
    return select(EmployerAgent.person_id).where(
        EmployerAgent.employer_id == employer_id,
        EmployerAgent.state == AgentState.ACTIVE,
        EmployerAgent.authorised_until >= local_date(now()),
    )


def agent_recipients(employer_id: UUID) -> list[Recipient]:
    """Where messages for an employer go: to every agent who may act for it today. One query."""
    statement = (
        select(Account)
        .where(Account.person_id.in_(_agents_today(employer_id)))
        .order_by(Account.created_at, Account.id)
    )
    return [recipient_of(account) for account in db.session.execute(statement).scalars()]


def employer_name(employer_id: UUID) -> str:
    """The registered name of an employer."""
    return db.session.execute(select(Employer.name).where(Employer.id == employer_id)).scalar_one()


def employer_of(employer_id: UUID) -> Employer:
    """An employer. Errors: NotFoundHere."""
    employer = db.session.get(Employer, employer_id)
    if employer is None:
        raise NotFoundHere()
    return employer


def employer_by_code(credit_code: str) -> Employer | None:
    """The employer with a code, as typed."""
    statement = select(Employer).where(Employer.credit_code == compact_upper(credit_code))
    return db.session.execute(statement).scalar_one_or_none()


def employers_for_choice(query: str, limit: int = CHOICES) -> list[Employer]:
    """Verified employers that a question means, by name, pinyin or code; for whoever picks one. One query."""
    condition = search_condition(query)
    if condition is None:
        return []
    statement = (
        select(Employer)
        .where(Employer.state == EmployerState.VERIFIED, condition)
        .order_by(func.length(Employer.name), Employer.id)
        .limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def search_condition(query: str) -> ColumnElement[bool] | None:
    """The condition on `Employer` for a name, its pinyin or initials, or a code's beginning; None for a blank."""
    terms = query_tokens(query)
    if not terms:
        return None
    asked = func.to_tsquery(_SIMPLE, " & ".join(terms))
    return func.to_tsvector(_SIMPLE, Employer.name_tokens).op("@@")(asked)


def board_page(
    state: EmployerState | None, query: str, cursor: str | None, size: int = PAGE_SIZE
) -> PageOf[Any]:
    """Employers in a state, found by a question: what waits with the oldest first, the rest newest first."""
    statement = select(Employer)
    if state is not None:
        statement = statement.where(Employer.state == state)
    condition = search_condition(query)
    if condition is not None:
        statement = statement.where(condition)
    order = (Key(Employer.id, descending=state is not EmployerState.PENDING),)
    return keyset(db.session, statement, order, cursor, size)


def pending_agents_page(cursor: str | None, size: int = PAGE_SIZE) -> PageOf[Any]:
    """Rows (EmployerAgent, Employer, Person) that wait for an answer, the oldest first. One query."""
    statement = (
        select(EmployerAgent, Employer, Person)
        .join(Employer, Employer.id == EmployerAgent.employer_id)
        .join(Person, Person.id == EmployerAgent.person_id)
        .where(EmployerAgent.state == AgentState.PENDING)
    )
    return keyset(db.session, statement, (Key(EmployerAgent.id),), cursor, size)


def agents_of(employer_id: UUID) -> list[tuple[EmployerAgent, Person]]:
    """Every authorisation of an employer with its person: open questions first, then the newest. One query."""
    statement = (
        select(EmployerAgent, Person)
        .join(Person, Person.id == EmployerAgent.person_id)
        .where(EmployerAgent.employer_id == employer_id)
        .order_by((EmployerAgent.state == AgentState.PENDING).desc(), EmployerAgent.id.desc())
    )
    return [(agent, person) for agent, person in db.session.execute(statement)]


def active_agents(employer_id: UUID, at: datetime) -> list[EmployerAgent]:
    """Authorisations in force at a moment, the longest standing first."""
    statement = (
        select(EmployerAgent)
        .where(
            EmployerAgent.employer_id == employer_id,
            EmployerAgent.state == AgentState.ACTIVE,
            EmployerAgent.authorised_until >= local_date(at),
        )
        .order_by(EmployerAgent.id)
    )
    return list(db.session.execute(statement).scalars())


def is_agent(person_id: UUID, employer_id: UUID, at: datetime) -> bool:
    """Whether a person may act for a verified employer at a moment."""
    return employer_id in employer_ids_of_agent(person_id, at)


def is_founder(person_id: UUID, employer_id: UUID) -> bool:
    """Whether a confirmed authorisation ever named the person as owner or founder of the employer.

    An ended one counts too: nobody stops being the founder by asking again without saying so.
    """
    statement = select(EmployerAgent.id).where(
        EmployerAgent.employer_id == employer_id,
        EmployerAgent.person_id == person_id,
        EmployerAgent.is_founder,
        EmployerAgent.state.in_((AgentState.ACTIVE, AgentState.ENDED)),
    )
    return db.session.execute(statement.limit(1)).first() is not None


def agencies_of(person_id: UUID, at: datetime) -> list[Agency]:
    """Everything a person asked to act for, the newest first. One query."""
    today = local_date(at)
    statement = (
        select(EmployerAgent, Employer)
        .join(Employer, Employer.id == EmployerAgent.employer_id)
        .where(EmployerAgent.person_id == person_id)
        .order_by(EmployerAgent.id.desc())
    )
    return [_agency(agent, employer, today) for agent, employer in db.session.execute(statement)]


def shown_agencies(agencies: list[Agency]) -> list[Agency]:
    """What is open or in force, and for an employer without either the latest answer."""
    shown, answered = [], set()
    is_open = {
        agency.employer.id
        for agency in agencies
        if agency.agent.state in (AgentState.PENDING, AgentState.ACTIVE)
    }
    for agency in agencies:
        employer_id = agency.employer.id
        if agency.agent.state in (AgentState.PENDING, AgentState.ACTIVE):
            shown.append(agency)
        elif employer_id not in is_open and employer_id not in answered:
            answered.add(employer_id)
            shown.append(agency)
    return shown


def company_for(
    employer_id: UUID, *, person_id: UUID | None, account_id: UUID | None, at: datetime
) -> Company:
    """An employer for one of its agents, or for whoever registered it and still means to act for it.

    Errors: NotFoundHere for everybody else, so that asking to join shows nothing before the answer.
    """
    if person_id is None:
        raise NotFoundHere()
    mine = [agency for agency in agencies_of(person_id, at) if agency.employer.id == employer_id]
    for agency in mine:
        if agency.is_in_force:
            return Company(agency.employer, agency.agent, is_agent=True)
    for agency in mine:
        is_open = agency.agent.state is AgentState.PENDING or agency.is_expired
        if is_open and agency.employer.registered_by_account_id == account_id:
            return Company(agency.employer, agency.agent, is_agent=False)
    raise NotFoundHere()


def agent_of(employer_id: UUID, agent_id: UUID) -> EmployerAgent:
    """One authorisation of one employer. Errors: NotFoundHere, also for another employer's."""
    agent = db.session.get(EmployerAgent, agent_id)
    if agent is None or agent.employer_id != employer_id:
        raise NotFoundHere()
    return agent


def agents_to_remind(at: datetime, limit: int) -> list[UUID]:
    """Authorisations that end within the reminder's days, or have ended, and were not told of that end."""
    horizon = local_date(at) + timedelta(days=REMINDED_DAYS_AHEAD)
    statement = (
        select(EmployerAgent.id)
        .where(
            EmployerAgent.state == AgentState.ACTIVE,
            EmployerAgent.authorised_until <= horizon,
            EmployerAgent.reminded_until.is_distinct_from(EmployerAgent.authorised_until),
        )
        .order_by(EmployerAgent.authorised_until, EmployerAgent.id)
        .limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def history_of(employer_id: UUID) -> list[tuple[AuditEntry, str | None]]:
    """The latest entries of an employer's record with the name of who acted. One query."""
    statement = (
        select(AuditEntry, Account.display_name)
        .join(AuditStream, AuditStream.id == AuditEntry.stream_id)
        .outerjoin(Account, Account.id == AuditEntry.actor_account_id)
        .where(
            AuditStream.subject_kind == SubjectKind.EMPLOYER, AuditStream.subject_id == employer_id
        )
        .order_by(AuditEntry.sequence.desc())
        .limit(HISTORY_SHOWN)
    )
    return [(entry, name) for entry, name in db.session.execute(statement)]


def _agency(agent: EmployerAgent, employer: Employer, today: date) -> Agency:
    is_active = agent.state is AgentState.ACTIVE
    is_expired = is_active and agent.authorised_until < today
    return Agency(
        agent=agent,
        employer=employer,
        is_in_force=is_active and not is_expired,
        is_expired=is_expired,
        is_ending_soon=is_active
        and today <= agent.authorised_until <= today + timedelta(days=REMINDED_DAYS_AHEAD),
    )


def with_expiry(
    agents: list[tuple[EmployerAgent, Person]], at: datetime
) -> list[tuple[EmployerAgent, Person, bool]]:
    """The same rows, each with whether its authorisation is in force no longer because its day has passed."""
    today = local_date(at)
    return [
        (agent, person, agent.state is AgentState.ACTIVE and agent.authorised_until < today)
        for agent, person in agents
    ]
