"""Invented cases for the tests of cards and of the rooms above: rules, companies, drafts, filed cases.

Plain functions; each opens its own application context and commits, and gives back ids. Everybody
has a number nobody has, and every file is made in code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

import talentsvc.policy
from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.cards.actions.accept_application import accept_application
from talentsvc.cards.actions.add_evidence import add_evidence
from talentsvc.cards.actions.endorse_application import endorse_application
from talentsvc.cards.actions.request_correction import request_correction
from talentsvc.cards.actions.save_step import save_step
from talentsvc.cards.actions.start_application import start_application
from talentsvc.cards.actions.submit_application import submit_application
from talentsvc.cards.drafting import answers_of, draft_of
from talentsvc.cards.evidencing import missing_for
from talentsvc.cards.filing import newest_copy
from talentsvc.cards.models import Application, Endorsement
from talentsvc.cards.rules.answer_facts import facts_from
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.rules.corrections import NoticeItem
from talentsvc.cards.terms import CorrectionItemKind
from talentsvc.core.clock import local_date, now
from talentsvc.core.credit_codes import credit_code_for
from talentsvc.core.identity_numbers import resident_number
from talentsvc.employers.actions.create_employer import create_employer
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.rules import check_employer
from talentsvc.employers.terms import AgentState, EmployerState, Industry, Park
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.terms import ScanState
from talentsvc.people.terms import ConsentPurpose
from talentsvc.policy.actions.store_rule_set import store_rule_set
from talentsvc.policy.models import StoredRuleSet
from talentsvc.policy.terms import EmployerLevel, EmployerType, RuleSetStatus
from tests.cards.papers import stored_paper
from tests.people.world import Someone, actor_of, officer, someone

RULES = json.loads(
    Path(talentsvc.policy.__path__[0], "content", "demo-2026.json").read_text("utf-8")
)
CATEGORY = "full_time_bachelor"
CONSENTS = frozenset(ConsentPurpose)

_numbers = count(1)


@dataclass(frozen=True)
class Company:
    """A verified employer and the person who acts for it."""

    employer_id: UUID
    name: str
    credit_code: str
    agent: Someone


@dataclass(frozen=True)
class MadeCase:
    """An application, whose it is, and who is asked to confirm it."""

    application_id: UUID
    reference: str
    applicant: Someone
    company: Company


def load_rules(app: Flask) -> UUID:
    """The example policy in force; kept for all tests, since a stored version never changes."""
    with app.app_context(), unit_of_work():
        active = db.session.execute(
            select(StoredRuleSet).where(StoredRuleSet.status == RuleSetStatus.ACTIVE)
        ).scalar_one_or_none()
        if active is None or active.code != RULES["code"]:
            active = store_rule_set(RULES, is_active=True, actor=SYSTEM, at=now())
        return active.id


def make_account(app: Flask, name: str = "欧阳雪", **changed: Any) -> Someone:
    """Somebody with an account and no person yet: a person is recorded when an application is filed."""
    return someone(app, name, has_person=False, **changed)


def make_officer(app: Flask, role: Role = Role.CLERK, name: str = "陈窗口") -> Someone:
    """Somebody of the staff with a role in force."""
    return officer(app, role, name)


def free_number(born: date = date(1994, 5, 2)) -> str:
    """A valid resident identity number that nobody has: its area does not exist."""
    return resident_number("139902", born, next(_numbers) % 1000)


def make_verified_employer(
    app: Flask, name: str = "河北示例生物科技有限公司", agent_name: str = "周经办", **changed: Any
) -> Company:
    """An employer the desk has verified, with one agent."""
    agent = someone(app, agent_name, document_number=free_number(date(1985, 1, 9)))
    with app.app_context(), unit_of_work():
        at = now()
        details = {
            "credit_code": credit_code_for(f"91130101MA{next(_numbers):06d}"),
            "name": name,
            "employer_type": EmployerType.COMPANY,
            "level": EmployerLevel.ZONE,
            "industry": Industry.BIOMEDICINE,
            "park": Park.BIOMEDICINE_PARK,
            "is_registered_in_zone": True,
            "is_taxed_in_zone": True,
            **changed,
        }
        employer = create_employer(
            check_employer(**details),
            licence_file_id=None,
            registered_by_account_id=None,
            actor=SYSTEM,
            at=at,
        )
        employer.state = EmployerState.VERIFIED
        employer.verified_at = at
        add_agent(employer.id, agent)
        return Company(employer.id, employer.name, employer.credit_code, agent)


def add_agent(employer_id: UUID, who: Someone, *, is_founder: bool = False) -> None:
    """Authorise somebody; inside a unit of work."""
    at = now()
    db.session.add(
        EmployerAgent(
            employer_id=employer_id,
            person_id=who.person_id,
            is_founder=is_founder,
            authorised_until=local_date(at) + timedelta(days=365),
            state=AgentState.ACTIVE,
            decided_at=at,
            created_at=at,
        )
    )
    db.session.flush()


def answers_for(company: Company, **changed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Complete answers that meet every criterion of the first category; `changed` by step."""
    answers: dict[str, dict[str, Any]] = {
        "category": {"category_code": CATEGORY},
        "identity": {
            "name": "欧阳䶮",
            "name_latin": "",
            "nationality": "CN",
            "document_kind": "resident_id",
            "document_number": free_number(),
            "document_valid_until": "",
            "phone": "13812345678",
        },
        "education": {
            "education_level": "master",
            "graduation_country": "CN",
            "school_name": "示例大学",
            "study_mode": "full_time",
            "degree_status": "graduated",
            "graduated_on": "2019-06-30",
        },
        "work": {
            "employer_id": str(company.employer_id),
            "job_title": "研发工程师",
            "employment_start_on": "2024-03-01",
            "is_founder": False,
            "contract_start_on": "2024-03-01",
            "is_contract_open_ended": False,
            "contract_end_on": "2030-02-28",
            "is_dispatched": False,
            "is_insured_in_zone": True,
        },
    }
    for step, values in changed.items():
        answers[step] |= values
    return answers


def acting(who: Someone, acting_as: str = "applicant") -> Actor:
    """The actor of somebody, as a request would make it; inside an application context."""
    account = db.session.get(Account, who.account_id)
    assert account is not None
    return actor_of(account, acting_as)


def make_draft(app: Flask, who: Someone | None = None, at: datetime | None = None) -> MadeCase:
    """An application that was begun, with nothing in it. Its company exists already."""
    load_rules(app)
    applicant = who or make_account(app)
    company = make_verified_employer(app)
    with app.app_context(), unit_of_work():
        application = start_application(actor=acting(applicant), at=at or now())
        return MadeCase(application.id, application.reference, applicant, company)


def fill_in(
    app: Flask,
    case: MadeCase,
    answers: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    at: datetime | None = None,
) -> None:
    """Save all four answered steps."""
    with app.app_context(), unit_of_work():
        for step, values in (answers or answers_for(case.company)).items():
            save_step(
                case.application_id,
                Step(step),
                values,
                actor=acting(case.applicant),
                at=at or now(),
                expected_version=None,
            )


def add_papers(
    app: Flask,
    case: MadeCase,
    codes: tuple[str, ...] = (),
    *,
    scan_state: ScanState = ScanState.CLEAN,
    at: datetime | None = None,
) -> None:
    """A file under each of these items, or under each that is still missing: scanned and clean.

    The checks of an upload are left out, because they take a second each; the page's tests have them.
    """
    with app.app_context(), unit_of_work():
        actor = acting(case.applicant)
        for code in codes or missing_codes(case.application_id):
            stored = stored_paper(code, case.applicant, scan_state, at or now())
            add_evidence(
                case.application_id, item_code=code, file=stored, actor=actor, at=at or now()
            )


def missing_codes(application_id: UUID) -> tuple[str, ...]:
    """Items without which a case cannot be filed, one of each group; inside a context."""
    application = db.session.get(Application, application_id)
    assert application is not None
    answers = answers_of(draft_of(application))
    facts = facts_from(answers, None, holds_higher_card=None)
    found = {item.group or item.code: item.code for item in missing_for(application, facts)}
    return tuple(found.values())


def file_application(app: Flask, case: MadeCase, *, at: datetime | None = None) -> None:
    """File a complete draft: the employer is asked now."""
    with app.app_context(), unit_of_work():
        submit_application(
            case.application_id, consents=CONSENTS, actor=acting(case.applicant), at=at or now()
        )


def make_filed_case(
    app: Flask,
    *,
    answers: Mapping[str, Mapping[str, Any]] | None = None,
    company: Company | None = None,
    at: datetime | None = None,
) -> MadeCase:
    """A complete case that waits for the employer, filed at a moment."""
    load_rules(app)
    applicant = make_account(app)
    employer = company or make_verified_employer(app)
    with app.app_context(), unit_of_work():
        application = start_application(actor=acting(applicant), at=at or now())
        case = MadeCase(application.id, application.reference, applicant, employer)
    fill_in(app, case, answers or answers_for(employer), at=at)
    add_papers(app, case, at=at)
    file_application(app, case, at=at)
    with app.app_context():
        person_id = db.session.get(Account, applicant.account_id).person_id  # type: ignore[union-attr]
    return MadeCase(
        case.application_id, case.reference, Someone(applicant.account_id, person_id), employer
    )


def endorse(app: Flask, case: MadeCase, *, at: datetime | None = None) -> None:
    """The employer's agent confirms; the window has received the case."""
    with app.app_context(), unit_of_work():
        copy = newest_copy(case.application_id)
        assert copy is not None
        endorse_application(
            case.application_id,
            copy_sha256=copy.sha256,
            actor=acting(case.company.agent, "agent"),
            at=at or now(),
        )


def make_received_case(app: Flask, *, at: datetime | None = None, **given: Any) -> MadeCase:
    """A case that the employer has confirmed: to be taken in at the window."""
    case = make_filed_case(app, at=at, **given)
    endorse(app, case, at=at)
    return case


def make_case_to_correct(
    app: Flask,
    *,
    items: tuple[tuple[CorrectionItemKind, str, str], ...] = (
        (CorrectionItemKind.EVIDENCE, "diploma", "学位证书照片看不清"),
        (CorrectionItemKind.ANSWER, "education", "学校名称与证书不一致"),
    ),
    at: datetime | None = None,
) -> MadeCase:
    """A case with a one-time notice that the applicant has to answer."""
    case = make_received_case(app, at=at)
    clerk = make_officer(app)
    with app.app_context(), unit_of_work():
        request_correction(
            case.application_id,
            items=[NoticeItem(*item) for item in items],
            actor=acting(clerk, "clerk"),
            at=at or now(),
        )
    return case


def make_accepted_case(app: Flask, *, at: datetime | None = None, **given: Any) -> MadeCase:
    """A case that a clerk has accepted: to be reviewed."""
    case = make_received_case(app, at=at, **given)
    clerk = make_officer(app)
    with app.app_context(), unit_of_work():
        accept_application(case.application_id, actor=acting(clerk, "clerk"), at=at or now())
    return case


def application_of(case: MadeCase) -> Application:
    """The row of a case, read anew; inside an application context."""
    application = db.session.get(Application, case.application_id, populate_existing=True)
    assert application is not None
    return application


def endorsement_of(case: MadeCase) -> Endorsement:
    """The newest question to the employer; inside an application context."""
    return db.session.execute(
        select(Endorsement)
        .where(Endorsement.application_id == case.application_id)
        .order_by(Endorsement.asked_at.desc())
        .limit(1)
    ).scalar_one()


def employer_row(company: Company) -> Employer:
    """The row of an employer; inside an application context."""
    employer = db.session.get(Employer, company.employer_id)
    assert employer is not None
    return employer
