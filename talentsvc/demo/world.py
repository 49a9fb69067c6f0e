"""The demonstration's people at work: staff of each role, companies with agents, applicants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.actions.create_account import add_account
from talentsvc.accounts.actions.grant_role import grant_role
from talentsvc.accounts.actions.hash_password import hash_password
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import actor_for
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.core.clock import now
from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.demo.invented import SEED, InventedEmployer, InventedPerson, employers, people
from talentsvc.demo.papers import paper, store
from talentsvc.employers.actions.ask_for_change import ask_for_change
from talentsvc.employers.actions.authorise_agent import authorise_agent
from talentsvc.employers.actions.create_employer import create_employer
from talentsvc.employers.actions.verify_employer import verify_employer
from talentsvc.employers.changing import as_details, as_stored
from talentsvc.employers.models import Employer, EmployerChange
from talentsvc.employers.rules import check_employer
from talentsvc.extensions.database import db
from talentsvc.files.terms import FilePurpose
from talentsvc.people.actions.record_person import record_person
from talentsvc.people.models import Person
from talentsvc.policy.terms import EmployerLevel, EmployerType

#: The password of every invented account; they exist in the demonstration alone.
PASSWORD = "百川归海-demo-2026"  # noqa: S105 - opens nothing but invented data

#: Staff of the demonstration: role, name shown, whether it has a button.
STAFF: tuple[tuple[Role, str, bool], ...] = (
    (Role.CLERK, "陈静", True),
    (Role.CLERK, "何帆", False),
    (Role.REVIEWER, "周岚", True),
    (Role.REVIEWER, "马骏", False),
    (Role.DECIDER, "高峰", True),
    (Role.DECIDER, "梁瑾", True),
    (Role.DECIDER, "韩松", False),
    (Role.RECOGNISER, "孟川", True),
    (Role.POLICY_EDITOR, "宋宁", True),
    (Role.POLICY_APPROVER, "唐宇", True),
    (Role.SYSTEM_ADMIN, "范舟", True),
    (Role.SECURITY_ADMIN, "石穗", True),
    (Role.AUDIT_ADMIN, "陆岚", True),
    (Role.EVENTS_OFFICER, "林汐", True),
    (Role.EVENTS_OFFICER, "沈默", False),
    (Role.CHECK_IN, "方圆", True),
)


@dataclass
class Company:
    """An employer with the agent who answers for it."""

    employer: Employer
    agent: Account


@dataclass
class World:
    """Everything the scripts need, made in one order from one seed."""

    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a fixed seed is the point
    password_hash: str = ""
    staff: dict[Role, list[Account]] = field(default_factory=dict)
    companies: list[Company] = field(default_factory=list)
    people: Iterator[InventedPerson] = field(init=False)
    employers: Iterator[InventedEmployer] = field(init=False)

    def __post_init__(self) -> None:
        self.people = people(self.random)
        self.employers = employers(self.random)
        self.password_hash = hash_password(PASSWORD)

    def actor(self, account: Account, acting_as: str, at: datetime) -> Actor:
        """An account as an actor in one capacity."""
        return replace(actor_for(account, None, at), acting_as=acting_as)

    def officer(self, role: Role, at: datetime, which: int = 0) -> Actor:
        """One of the staff with a role."""
        return self.actor(self.staff[role][which], role.value, at)


def make_account(
    world: World, key: str, name: str, at: datetime, *, demo_role: str | None = None
) -> Account:
    """An invented account with a proved address at a domain that exists nowhere."""
    account = add_account(
        [parse_identifier(f"{key}@demo.example")],
        world.password_hash,
        name,
        "zh",
        at=at,
        is_verified=True,
        actor=SYSTEM,
    )
    account.is_demo = True
    account.demo_role = demo_role
    db.session.flush()
    return account


def make_person(account: Account, invented: InventedPerson, at: datetime) -> Person:
    """The person behind an account."""
    is_male = int(invented.number[16]) % 2 == 1
    return record_person(
        account=account,
        name=invented.name,
        name_latin=invented.name_latin or None,
        nationality="CN",
        document_kind=DocumentKind.RESIDENT_ID,
        document_number=invented.number,
        document_valid_until=date(2040, 12, 31),
        phone=invented.phone,
        sex=Sex.MALE if is_male else Sex.FEMALE,
        birth_on=invented.birth_on,
        actor=SYSTEM,
        at=at,
    )


def make_staff(world: World, at: datetime) -> None:
    """Staff of each role; each officer is a person, so that the four eyes can be told apart."""
    for number, (role, name, has_button) in enumerate(STAFF, start=1):
        account = make_account(
            world, f"staff{number:02d}", name, at, demo_role=role.value if has_button else None
        )
        make_person(account, next(world.people), at)
        grant_role(account, role, actor=SYSTEM, at=at)
        world.staff.setdefault(role, []).append(account)


def make_company(world: World, number: int, at: datetime) -> Company:
    """A verified employer with one agent."""
    invented = next(world.employers)
    agent = make_account(
        world,
        f"agent{number:03d}",
        f"经办人{number:03d}",
        at,
        demo_role="agent" if number == 1 else None,
    )
    person = make_person(agent, next(world.people), at)
    clerk = world.officer(Role.CLERK, at)
    details = check_employer(
        credit_code=invented.credit_code,
        name=invented.name,
        employer_type=EmployerType.COMPANY,
        level=EmployerLevel.ZONE,
        industry=invented.industry,
        park=invented.park,
        is_registered_in_zone=True,
        is_taxed_in_zone=True,
    )
    employer = create_employer(
        details,
        licence_file_id=None,
        registered_by_account_id=agent.id,
        actor=world.actor(agent, "applicant", at),
        at=at,
    )
    db.session.flush()
    verify_employer(employer.id, expected_version=None, actor=clerk, at=at)
    authorise_agent(
        employer,
        person,
        until=(now() + timedelta(days=700)).date(),
        is_founder=False,
        actor=clerk,
        at=at,
    )
    company = Company(employer, agent)
    world.companies.append(company)
    return company


def correct(world: World, company: Company, name: str, at: datetime) -> EmployerChange:
    """A company has a new name and asks for the correction; the caller holds the unit of work."""
    employer, actor = company.employer, world.actor(company.agent, "agent", at)
    employer = db.session.get_one(Employer, employer.id)
    licence = store(paper("licence"), FilePurpose.LICENCE, account_id=company.agent.id, at=at)
    return ask_for_change(
        employer.id,
        replace(as_details(employer.credit_code, as_stored(employer)), name=name),
        licence_file_id=licence.id,
        expected_version=employer.version,
        actor=actor,
        at=at,
    )
