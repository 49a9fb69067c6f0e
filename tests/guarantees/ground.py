"""The ground of these proofs: a house at work, with staff of each role and a case in every state.

It is made once for a run by the product's own actions, as a template database; each worker proves
on clones of it, at one moment that stands still in the calendar. `Ground.reset` gives a fresh clone.
"""

import fcntl
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import time_machine
from flask import Flask
from sqlalchemy import select, update

import talentsvc.policy
from deploy.local.postgres import OWNER
from talentsvc import create_app
from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import actor_for
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.actions.sweep_cases import cases_with_due_steps, sweep_case
from talentsvc.cards.models import Application, Card
from talentsvc.cards.terms import ActorClass, ApplicationState
from talentsvc.core.clock import now
from talentsvc.demo import courses
from talentsvc.demo.load import office_hour
from talentsvc.demo.script import Applicant, new_applicant
from talentsvc.demo.world import (
    World,
    correct,
    make_account,
    make_company,
    make_person,
    make_staff,
)
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.employers.actions.authorise_agent import authorise_agent
from talentsvc.employers.actions.create_employer import create_employer
from talentsvc.employers.actions.refuse_employer import refuse_employer
from talentsvc.employers.actions.register_employer import open_verification_task
from talentsvc.employers.models import Employer
from talentsvc.employers.rules import check_employer
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import ScanState
from talentsvc.people.models import Person
from talentsvc.policy.actions.store_rule_set import store_rule_set
from talentsvc.policy.terms import EmployerLevel, EmployerType
from talentsvc.settings import Settings
from tests.fixtures.house import TEMPLATE
from tests.fixtures.servers import Servers
from tests.guarantees.events_ground import settle_events

#: A Wednesday in June 2026, ten in the morning in Shanghai; no holiday is near.
NOON = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)
MADE_AT = NOON - timedelta(hours=1)
BEGAN_AT = NOON - timedelta(days=300)
GROUND = "template_ground"
GROUND_FOLDER = "ground-var"
CONTENT = Path(talentsvc.policy.__path__[0], "content", "demo-2026.json")

_S = ApplicationState
#: How a case comes to each state: its course, begun so many days before, and its category.
COURSES: tuple[tuple[ApplicationState, Callable[[Applicant, datetime], None], int, str], ...] = (
    (_S.DRAFT, courses.draft, 2, "full_time_bachelor"),
    (_S.AWAITING_ENDORSEMENT, courses.filed, 1, "full_time_bachelor"),
    (_S.ENDORSEMENT_DECLINED, courses.declined, 4, "full_time_bachelor"),
    (_S.ENDORSEMENT_EXPIRED, courses.filed, 40, "full_time_bachelor"),
    (_S.RECEIVED, courses.received, 1, "full_time_bachelor"),
    (_S.CORRECTION_REQUESTED, courses.correcting, 3, "full_time_bachelor"),
    (_S.RESUBMITTED, courses.corrected, 5, "full_time_bachelor"),
    (_S.ACCEPTED, courses.accepted, 4, "full_time_bachelor"),
    (_S.SPECIAL_RECOGNITION, courses.recognising, 7, "special_skill"),
    (_S.RECOMMENDED, courses.recommended, 5, "full_time_bachelor"),
    (_S.PUBLIC_NOTICE, courses.on_notice, 6, "full_time_bachelor"),
    (_S.OBJECTION_OPEN, courses.objected, 8, "full_time_bachelor"),
    (_S.ISSUED, courses.issued, 27, "full_time_bachelor"),
    (_S.DELIVERED, courses.delivered, 60, "full_time_bachelor"),
    (_S.REJECTED, courses.rejected, 9, "full_time_bachelor"),
    (_S.REVIEW_OPEN, courses.under_review, 14, "full_time_bachelor"),
    (_S.NOT_ACCEPTED, courses.out_of_scope, 9, "full_time_bachelor"),
    (_S.WITHDRAWN, courses.withdrawn, 10, "full_time_bachelor"),
    (_S.LAPSED, courses.correcting, 60, "full_time_bachelor"),
)


@dataclass(frozen=True)
class Someone:
    """An account and the person behind it."""

    account_id: str
    person_id: str | None = None


@dataclass(frozen=True)
class MadeCase:
    """A case and whose it is; `company` counts the ground's companies."""

    application_id: str
    applicant: Someone
    company: int

    @property
    def id(self) -> UUID:
        """The case's key."""
        return UUID(self.application_id)


@dataclass
class People:
    """Everybody and everything on the ground, by name."""

    staff: dict[str, list[Someone]] = field(default_factory=dict)
    agents: list[Someone] = field(default_factory=list)
    second_agent: Someone = Someone("")
    employers: list[str] = field(default_factory=list)
    pending_employer: str = ""
    refused_employer: str = ""
    registrant: Someone = Someone("")
    stranger: Someone = Someone("")
    pending_agent: str = ""
    #: A correction of the third company that waits to be checked.
    pending_change: str = ""
    cases: dict[str, MadeCase] = field(default_factory=dict)
    #: A second case in these states, of another applicant and another employer.
    others: dict[str, MadeCase] = field(default_factory=dict)
    #: A case whose applicant is founder: only another agent or a clerk in person may confirm it.
    founder_case: MadeCase = field(default_factory=lambda: MadeCase("", Someone(""), 0))
    pledged_case: MadeCase = field(default_factory=lambda: MadeCase("", Someone(""), 0))
    lost_card: str = ""
    #: What the events' part made, by name; `hall`: its fairs with booths.
    made: dict[str, str] = field(default_factory=dict)
    hall: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "People":
        """What `json.dumps(asdict(...))` wrote."""
        values = json.loads(text)
        for name in ("cases", "others"):
            values[name] = {state: _case(found) for state, found in values[name].items()}
        for name in ("founder_case", "pledged_case"):
            values[name] = _case(values[name])
        for name in ("second_agent", "registrant", "stranger"):
            values[name] = Someone(**values[name])
        values["agents"] = [Someone(**one) for one in values["agents"]]
        values["staff"] = {
            role: [Someone(**one) for one in found] for role, found in values["staff"].items()
        }
        return cls(**values)


def _case(values: dict[str, Any]) -> MadeCase:
    return MadeCase(**{**values, "applicant": Someone(**values["applicant"])})


@dataclass
class Ground:
    """One clone of the ground with the application on it."""

    app: Flask
    people: People
    database: str
    servers: Servers
    folder: Path

    def reset(self) -> None:
        """A fresh clone: what the test before committed is gone."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        clone(self.servers, GROUND, self.database)
        shutil.rmtree(self.folder)
        shutil.copytree(self.servers.folder / GROUND_FOLDER, self.folder)

    def case(self, state: ApplicationState) -> MadeCase:
        """The case that stands in a state."""
        return self.people.cases[state.value]

    def staff(self, role: Role, which: int = 0) -> Someone:
        """An officer with a role."""
        return self.people.staff[role.value][which]

    def officer(self, role: Role, which: int = 0) -> Actor:
        """The same as an actor; inside an application context."""
        return self.actor(self.staff(role, which), role.value)

    def agent(self, company: int) -> Actor:
        """The agent of a company as an actor; inside an application context."""
        return self.actor(self.people.agents[company], "agent")

    def actor(self, who: Someone, acting_as: str = "applicant") -> Actor:
        """Somebody as a request would make the actor; inside an application context."""
        account = db.session.get_one(Account, UUID(who.account_id))
        actor = actor_for(account, None, now())
        return Actor(**{**actor.__dict__, "acting_as": acting_as})


def clone(servers: Servers, template: str, database: str) -> None:
    """Make a database anew as a copy of another, to which nobody is connected."""
    with servers.cluster.connect() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        connection.execute(
            f"CREATE DATABASE {database} TEMPLATE {template} OWNER {OWNER} STRATEGY file_copy"
        )


def application_on(
    servers: Servers, environment: dict[str, str], database: str, var: Path, **changed: str
) -> Flask:
    """The application as production builds it, CSRF tokens included, on a database."""
    var.mkdir(parents=True, exist_ok=True)
    values = {
        **environment,
        "TALENTSVC_DATABASE_URL": servers.cluster.url("talentsvc_app", database),
        "TALENTSVC_OWNER_DATABASE_URL": servers.cluster.url(OWNER, database),
        "TALENTSVC_VAR": str(var),
        **changed,
    }
    return create_app(Settings.from_env(values))


def ground_for(servers: Servers, environment: dict[str, str], worker: int) -> Ground:
    """This worker's ground; the first worker that asks makes the template."""
    var = servers.folder / GROUND_FOLDER
    with (servers.folder / "ground.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        written = servers.folder / "ground.json"
        if not written.is_file():
            written.write_text(json.dumps(asdict(_make(servers, environment, var))))
    database = f"ground_{worker}"
    clone(servers, GROUND, database)
    folder = servers.folder / f"ground-var-{worker}"
    shutil.copytree(var, folder, dirs_exist_ok=True)
    app = application_on(servers, environment, database, folder)
    return Ground(app, People.read(written.read_text()), database, servers, folder)


def _make(servers: Servers, environment: dict[str, str], var: Path) -> People:
    clone(servers, TEMPLATE, GROUND)
    app = application_on(servers, environment, GROUND, var)
    with time_machine.travel(MADE_AT, tick=True), app.app_context():
        people = _settle()
        db.session.remove()
        db.engine.dispose()
    with servers.cluster.connect() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [GROUND]
        )
    return people


def _settle() -> People:
    with unit_of_work():
        content = json.loads(CONTENT.read_text("utf-8"))
        store_rule_set(content, is_active=True, actor=SYSTEM, at=BEGAN_AT)
    world, people = World(), People()
    with unit_of_work():
        make_staff(world, BEGAN_AT)
    for number in range(1, 4):
        with unit_of_work():
            make_company(world, number, BEGAN_AT)
    people.staff = {
        role.value: [_someone(account) for account in accounts]
        for role, accounts in world.staff.items()
    }
    people.agents = [_someone(company.agent) for company in world.companies]
    people.employers = [str(company.employer.id) for company in world.companies]
    _settle_more_companies(world, people)
    _settle_cases(world, people)
    settle_events(people)
    with unit_of_work():
        db.session.execute(
            update(StoredFile).values(
                scan_state=ScanState.CLEAN, scanned_at=MADE_AT, next_scan_at=None, scan_attempts=1
            )
        )
    return people


def _someone(account: Account) -> Someone:
    return Someone(str(account.id), str(account.person_id) if account.person_id else None)


def _settle_more_companies(world: World, people: People) -> None:
    """A second agent, one who asks to become one, a registration that waits and one sent back."""
    with unit_of_work():
        found = [make_account(world, f"visitor{n}", f"访客{n}", BEGAN_AT) for n in range(4)]
        second, asking, registrant, stranger = found
        for account in (second, asking, registrant):
            make_person(account, next(world.people), BEGAN_AT)
    clerk = world.officer(Role.CLERK, BEGAN_AT)
    with unit_of_work():
        employer = world.companies[0].employer
        person = db.session.get_one(Person, second.person_id)
        authorise_agent(
            employer,
            person,
            until=(NOON + timedelta(days=20)).date(),
            is_founder=False,
            actor=clerk,
            at=MADE_AT,
        )
    with unit_of_work():
        pending = ask_for_authorisation(
            employer.id,
            person_id=asking.person_id,  # type: ignore[arg-type]
            until=(NOON + timedelta(days=300)).date(),
            is_founder=False,
            authorisation_file_id=None,
            actor=world.actor(asking, "applicant", MADE_AT),
            at=MADE_AT,
        )
        people.pending_agent = str(pending.id)
    people.pending_change = _correct_a_company(world)
    waiting = [_register(world, registrant) for _ in range(2)]
    with unit_of_work():
        refuse_employer(
            waiting[1], reason="执照照片看不清。", expected_version=None, actor=clerk, at=MADE_AT
        )
    people.second_agent, people.registrant = _someone(second), _someone(registrant)
    people.stranger = _someone(stranger)
    people.pending_employer, people.refused_employer = (str(one) for one in waiting)


def _correct_a_company(world: World) -> str:
    """An agent's correction that waits at the desk."""
    company = world.companies[2]
    with unit_of_work():
        return str(correct(world, company, f"{company.employer.name}集团", MADE_AT).id)


def _register(world: World, registrant: Account) -> UUID:
    invented = next(world.employers)
    with unit_of_work():
        employer: Employer = create_employer(
            check_employer(
                credit_code=invented.credit_code,
                name=invented.name,
                employer_type=EmployerType.COMPANY,
                level=EmployerLevel.ZONE,
                industry=invented.industry,
                park=invented.park,
                is_registered_in_zone=True,
                is_taxed_in_zone=True,
            ),
            licence_file_id=None,
            registered_by_account_id=registrant.id,
            actor=world.actor(registrant, "applicant", MADE_AT),
            at=MADE_AT,
        )
        db.session.flush()
        open_verification_task(employer, MADE_AT)
    return employer.id


def _settle_cases(world: World, people: People) -> None:
    for number, (state, course, days_ago, category) in enumerate(COURSES, start=1):
        people.cases[state.value] = _take(world, number, course, days_ago, category)
    again = (_S.DRAFT, _S.ACCEPTED, _S.DELIVERED)
    for number, (state, course, days_ago, category) in enumerate(COURSES, start=1):
        if state in again:
            # Another company than the first case's in this state.
            people.others[state.value] = _take(world, number + 100, course, days_ago, category)
    people.founder_case = _take(world, 150, courses.filed_by_founder, 1, "full_time_bachelor")
    people.pledged_case = _take(world, 151, courses.pledged, 4, "full_time_bachelor")
    for application_id in cases_with_due_steps(NOON, 100):
        with unit_of_work():
            sweep_case(application_id, at=MADE_AT)
    lost = _take(world, 200, courses.delivered, 70, "full_time_bachelor")
    with unit_of_work():
        card_id = db.session.execute(
            select(Card.id).where(Card.application_id == lost.id)
        ).scalar_one()
        clerk = world.officer(Role.CLERK, MADE_AT)
        report_loss(card_id, actor=clerk, actor_class=ActorClass.CLERK, at=MADE_AT)
        people.lost_card = str(card_id)
    for wanted, case in (*people.cases.items(), *people.others.items()):
        stands = db.session.get_one(Application, case.id).state
        if stands.value != wanted:
            raise RuntimeError(f"the course to {wanted} ended in {stands}")


def _take(
    world: World, number: int, course: Callable[[Applicant, datetime], None], days: int, code: str
) -> MadeCase:
    at = office_hour(MADE_AT.replace(hour=16) - timedelta(days=1), days)
    who = new_applicant(world, number, category_code=code, at=at)
    course(who, at)
    account = db.session.get_one(Account, who.account.id, populate_existing=True)
    return MadeCase(str(who.case.id), _someone(account), number % len(world.companies))
