"""One applicant's course, step by step at given moments, by the product's own actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.cards.actions.add_evidence import add_evidence
from talentsvc.cards.actions.give_pledge import give_pledge
from talentsvc.cards.actions.save_step import save_step
from talentsvc.cards.actions.start_application import start_application
from talentsvc.cards.actions.submit_application import NEEDED_CONSENTS, submit_application
from talentsvc.cards.evidencing import missing_for
from talentsvc.cards.freezing import employer_facts
from talentsvc.cards.models import Application
from talentsvc.cards.rules.answer_facts import facts_from
from talentsvc.cards.rules.answers import Step
from talentsvc.core.clock import local_date
from talentsvc.demo.invented import JOBS, SCHOOLS, InventedPerson
from talentsvc.demo.papers import Sample, paper, portrait, store
from talentsvc.demo.world import Company, World, make_account
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.terms import FilePurpose

#: Education of the invented applicants, roughly as the zone's staff: two thirds bachelor.
LEVELS = ("bachelor", "bachelor", "bachelor", "master", "master", "doctor")

#: What an invented applicant writes in a pledge.
NOT_YET = "社保部门正在补打参保证明，预计下周取得。"


@dataclass
class Applicant:
    """Somebody on the way to a card, with where their case stands."""

    world: World
    account: Account
    invented: InventedPerson
    company: Company
    category_code: str
    number: int
    is_founder: bool = False
    pledged: tuple[str, ...] = ()
    application: Application | None = None

    def actor(self, at: datetime) -> Actor:
        """The applicant acting in person."""
        return self.world.actor(self.account, "applicant", at)

    def agent(self, at: datetime) -> Actor:
        """The employer's agent."""
        return self.world.actor(self.company.agent, "agent", at)

    def officer(self, role: Role, at: datetime, which: int = 0) -> Actor:
        """One of the staff."""
        return self.world.officer(role, at, which)

    @property
    def case(self) -> Application:
        """The case. Errors: RuntimeError before it was begun."""
        if self.application is None:
            raise RuntimeError("this applicant has not begun")
        return self.application


def new_applicant(
    world: World,
    number: int,
    *,
    category_code: str,
    at: datetime,
    name: str = "",
    demo_role: str | None = None,
) -> Applicant:
    """An invented person with an account and a company."""
    invented = next(world.people)
    if name:
        invented = InventedPerson(name, "", invented.number, invented.birth_on, invented.phone)
    with unit_of_work():
        account = make_account(
            world, f"applicant{number:03d}", invented.name, at, demo_role=demo_role
        )
    company = world.companies[number % len(world.companies)]
    return Applicant(world, account, invented, company, category_code, number)


def begin(who: Applicant, at: datetime) -> None:
    """Start a draft and fill in the first two steps."""
    with unit_of_work():
        who.application = start_application(actor=who.actor(at), at=at)
    answers = answers_for(who, at)
    for step in (Step.CATEGORY, Step.IDENTITY):
        with unit_of_work():
            save_step(
                who.case.id, step, answers[step], actor=who.actor(at), at=at, expected_version=None
            )


def complete(who: Applicant, at: datetime) -> None:
    """Fill in the rest and upload every paper that is asked for."""
    answers = answers_for(who, at)
    for step in (Step.EDUCATION, Step.WORK):
        with unit_of_work():
            save_step(
                who.case.id, step, answers[step], actor=who.actor(at), at=at, expected_version=None
            )
    with unit_of_work():
        facts = facts_from(answers, employer_facts(who.company.employer), holds_higher_card=False)
        chosen: set[str] = set()
        for item in missing_for(who.case, facts):
            if item.group is not None and item.group in chosen:
                continue
            chosen.add(item.group or item.code)
            if item.code in who.pledged:
                give_pledge(who.case.id, item.code, words=NOT_YET, actor=who.actor(at), at=at)
            else:
                add_paper(who, item.code, at)


def add_paper(who: Applicant, item_code: str, at: datetime) -> None:
    """Upload one sample under an item; the caller holds the unit of work."""
    is_portrait = item_code == "portrait"
    sample: Sample = portrait(who.number) if is_portrait else paper(item_code)
    purpose = FilePurpose.PORTRAIT if is_portrait else FilePurpose.EVIDENCE
    file = store(sample, purpose, account_id=who.account.id, at=at)
    add_evidence(who.case.id, item_code=item_code, file=file, actor=who.actor(at), at=at)


def file_it(who: Applicant, at: datetime) -> None:
    """Submit the form to the employer."""
    with unit_of_work():
        submit_application(who.case.id, consents=NEEDED_CONSENTS, actor=who.actor(at), at=at)


def answers_for(who: Applicant, at: datetime) -> dict[str, dict[str, Any]]:
    """What this invented person would fill in."""
    number, filed_on = who.number, local_date(at)
    level = LEVELS[number % len(LEVELS)]
    started_on = filed_on - timedelta(days=60 + number % 400)
    years = {"bachelor": 23, "master": 26, "doctor": 29}[level]
    graduated_on = max(date(2017, 6, 30), date(who.invented.birth_on.year + years, 6, 30))
    has_title = who.category_code == "title_or_scarce_trade"
    is_male = int(who.invented.number[16]) % 2 == 1
    return {
        Step.CATEGORY: {"category_code": who.category_code},
        Step.IDENTITY: {
            "name": who.invented.name,
            "nationality": "CN",
            "document_kind": "resident_id",
            "document_number": who.invented.number,
            "document_valid_until": "2040-12-31",
            "phone": who.invented.phone,
            "sex": "male" if is_male else "female",
            "birth_on": who.invented.birth_on.isoformat(),
        },
        Step.EDUCATION: {
            "education_level": level,
            "degree_status": "graduated",
            "study_mode": "full_time",
            "graduated_on": min(graduated_on, filed_on - timedelta(days=90)).isoformat(),
            "graduation_country": "CN",
            "school_name": SCHOOLS[number % len(SCHOOLS)],
        },
        Step.WORK: {
            "employer_id": str(who.company.employer.id),
            "job_title": JOBS[number % len(JOBS)],
            "contract_start_on": started_on.isoformat(),
            "contract_end_on": date(
                started_on.year + 3, started_on.month, min(started_on.day, 28)
            ).isoformat(),
            "is_contract_open_ended": False,
            "employment_start_on": started_on.isoformat(),
            "title_level": "middle" if has_title else "none",
            "title_issued_on": "2021-12-20" if has_title else "",
            "skill_level": "none",
            "special_skill_claimed": who.category_code == "special_skill",
            "is_dispatched": False,
            "is_founder": who.is_founder,
            "is_insured_in_zone": True,
            "came_from_outside_city": number % 3 == 0,
        },
    }
