"""Invented employers and their agents for the tests of employers and of the rooms above."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from flask import Flask

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.core.clock import local_date, now
from talentsvc.core.credit_codes import credit_code_for
from talentsvc.employers.actions.authorise_agent import authorise_agent
from talentsvc.employers.actions.create_employer import create_employer
from talentsvc.employers.actions.verify_employer import verify_employer
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.rules import EmployerDetails, check_employer
from talentsvc.employers.terms import Industry, Park
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.scan_files import scan_files
from talentsvc.files.scanning import ScanVerdict
from talentsvc.files.terms import ScanState
from talentsvc.people.models import Person
from talentsvc.policy.terms import EmployerLevel, EmployerType
from tests.people.world import Someone, officer

_serials = count(1)


class CleanScanner:
    """A scanner that finds nothing."""

    def scan(self, _data: bytes) -> ScanVerdict:
        """Call everything clean."""
        return ScanVerdict(ScanState.CLEAN, "nothing found")


def scan_all(app: Flask) -> None:
    """Let the scanner look at everything that waits."""
    with app.app_context():
        scan_files(CleanScanner())


def code(serial: int) -> str:
    """A valid credit code that no employer has: its area does not exist."""
    return credit_code_for(f"91139901M{serial:07d}")


def details(**changed: Any) -> EmployerDetails:
    """Checked details of an invented company."""
    values: dict[str, Any] = {
        "credit_code": code(next(_serials)),
        "name": "石家庄高新示例生物医药有限公司",
        "employer_type": EmployerType.COMPANY,
        "level": EmployerLevel.ZONE,
        "industry": Industry.BIOMEDICINE,
        "park": Park.BIOMEDICINE_PARK,
        "is_registered_in_zone": True,
        "is_taxed_in_zone": True,
        **changed,
    }
    return check_employer(**values)


def add_employer(actor: Actor = SYSTEM, **changed: Any) -> Employer:
    """An employer that waits for verification; inside a unit of work."""
    return create_employer(
        details(**changed),
        licence_file_id=None,
        registered_by_account_id=None,
        actor=actor,
        at=now(),
    )


def add_verified_employer(**changed: Any) -> Employer:
    """A verified employer; inside a unit of work."""
    employer = add_employer(**changed)
    return verify_employer(employer.id, expected_version=None, actor=SYSTEM, at=now())


def in_days(days: int) -> date:
    """A day so many days from today."""
    return local_date(now()) + timedelta(days=days)


def add_agent(
    employer: Employer, person: Person, until: date | None = None, is_founder: bool = False
) -> EmployerAgent:
    """An authorisation in force; inside a unit of work."""
    return authorise_agent(
        employer, person, until=until or in_days(365), is_founder=is_founder, actor=SYSTEM, at=now()
    )


def company(app: Flask, *agents: Someone, **changed: Any) -> UUID:
    """A verified employer in the database with these agents."""
    with app.app_context(), unit_of_work():
        employer = add_verified_employer(**changed)
        for who in agents:
            person = db.session.get(Person, who.person_id)
            assert person is not None
            add_agent(employer, person)
        return employer.id


def clerk_actor(app: Flask, who: Someone | None = None) -> Actor:
    """An officer of the window as an actor."""
    found = who or officer(app)
    return Actor(
        account_id=found.account_id,
        person_id=found.person_id,
        roles=frozenset({Role.CLERK}),
        acting_as="clerk",
    )


def agent_actor(account: Account, *employer_ids: UUID) -> Actor:
    """An agent as an actor."""
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        employer_ids=frozenset(employer_ids),
        acting_as="agent",
    )
