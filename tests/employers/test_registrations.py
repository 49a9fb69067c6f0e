"""Registrations: steps, four eyes, messages, tasks, the record."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.audit.verify import verify_audit
from talentsvc.core.clock import now
from talentsvc.core.errors import (
    FourEyesViolated,
    InvalidInput,
    NotAllowedNow,
    StaleVersion,
)
from talentsvc.employers import queries
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.employers.actions.confirm_agent import confirm_agent
from talentsvc.employers.actions.mend_employer import mend_employer
from talentsvc.employers.actions.refuse_agent import refuse_agent
from talentsvc.employers.actions.refuse_employer import refuse_employer
from talentsvc.employers.actions.verify_employer import verify_employer
from talentsvc.employers.models import Employer
from talentsvc.employers.terms import AgentState, EmployerState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from tests.employers.stories import (
    agents,
    clerk,
    open_tasks,
    person_with_account,
    recorded,
    registered,
    told,
)
from tests.employers.world import (
    add_agent,
    add_employer,
    details,
    in_days,
)
from tests.people.world import actor_of

pytestmark = pytest.mark.usefixtures("app_context")


def test_a_registration_waits_for_the_desk_with_its_first_agent():
    account, employer = registered()
    assert employer.state is EmployerState.PENDING
    (agent,) = agents()
    assert (agent.person_id, agent.state) == (account.person_id, AgentState.PENDING)
    assert open_tasks() == ["authorisation", "registration"]
    assert recorded() == ["register_employer", "ask_for_authorisation"]
    assert queries.employer_ids_of_agent(account.person_id, now()) == []


def test_verified_and_confirmed_the_registrant_may_act_and_is_told_both():
    account, employer = registered()
    officer = clerk()
    with unit_of_work():
        verify_employer(employer.id, expected_version=employer.version, actor=officer, at=now())
    assert queries.employer_ids_of_agent(account.person_id, now()) == []
    with unit_of_work():
        confirm_agent(employer.id, agents()[0].id, actor=officer, at=now())
    assert queries.is_agent(account.person_id, employer.id, now())
    assert [agent.person_id for agent in queries.active_agents(employer.id, now())] == [
        account.person_id
    ]
    assert [recipient.account_id for recipient in queries.agent_recipients(employer.id)] == [
        account.id
    ]
    assert told("employer_verified")[0]["employer"] == employer.name
    assert told("agent_confirmed")[0]["until"] == in_days(365).isoformat()
    assert open_tasks() == []
    assert list(verify_audit()) == []


def test_a_refused_registration_is_mended_and_comes_back_to_the_desk():
    account, employer = registered()
    officer = clerk()
    with unit_of_work():
        refuse_employer(
            employer.id,
            reason=" 执照照片看不清 ",
            expected_version=employer.version,
            actor=officer,
            at=now(),
        )
    assert (employer.state, employer.refusal_reason) == (EmployerState.REFUSED, "执照照片看不清")
    assert told("employer_refused")[0]["reason"] == "执照照片看不清"
    assert open_tasks() == ["authorisation"]
    old_licence = employer.licence_file_id
    with unit_of_work():
        mend_employer(
            employer.id,
            details(credit_code=employer.credit_code, name="石家庄改名有限公司"),
            licence_file_id=None,
            expected_version=employer.version,
            actor=actor_of(account),
            at=now(),
        )
    assert (employer.state, employer.refusal_reason, employer.name) == (
        EmployerState.PENDING,
        None,
        "石家庄改名有限公司",
    )
    assert employer.licence_file_id == old_licence
    assert open_tasks() == ["authorisation", "registration"]
    with unit_of_work():
        refuse_employer(
            employer.id,
            reason="仍看不清",
            expected_version=employer.version,
            actor=officer,
            at=now(),
        )
    assert [params["reason"] for params in told("employer_refused")] == [
        "执照照片看不清",
        "仍看不清",
    ]


def test_an_officer_who_has_the_older_version_open_is_told_and_overwrites_nothing():
    account, employer = registered()
    seen = employer.version
    with unit_of_work():
        mend_employer(
            employer.id,
            details(credit_code=employer.credit_code, name="石家庄改名有限公司"),
            licence_file_id=None,
            expected_version=seen,
            actor=actor_of(account),
            at=now(),
        )
    officer = clerk()
    for act in (
        lambda: verify_employer(employer.id, expected_version=seen, actor=officer, at=now()),
        lambda: refuse_employer(
            employer.id, reason="缺", expected_version=seen, actor=officer, at=now()
        ),
    ):
        with pytest.raises(StaleVersion), unit_of_work():
            act()
    assert db.session.get(Employer, employer.id).state is EmployerState.PENDING


def test_no_step_is_taken_twice():
    _account, employer = registered()
    officer = clerk()
    with unit_of_work():
        verify_employer(employer.id, expected_version=None, actor=officer, at=now())
    for act in (
        lambda: verify_employer(employer.id, expected_version=None, actor=officer, at=now()),
        lambda: refuse_employer(
            employer.id, reason="缺", expected_version=None, actor=officer, at=now()
        ),
        lambda: mend_employer(
            employer.id,
            details(),
            licence_file_id=None,
            expected_version=employer.version,
            actor=officer,
            at=now(),
        ),
    ):
        with pytest.raises(NotAllowedNow), unit_of_work():
            act()


def test_a_code_is_registered_once_and_a_mended_one_cannot_take_anothers():
    _account, first = registered()
    account, second = registered("赵经办")
    with pytest.raises(InvalidInput) as caught, unit_of_work():
        add_employer(credit_code=first.credit_code)
    assert (caught.value.field, caught.value.code) == ("credit_code", "exists")
    with pytest.raises(InvalidInput), unit_of_work():
        mend_employer(
            second.id,
            details(credit_code=first.credit_code),
            licence_file_id=None,
            expected_version=second.version,
            actor=actor_of(account),
            at=now(),
        )


@pytest.mark.parametrize("tie", ["registrant", "asks", "holds", "nobody"])
def test_an_officer_with_a_tie_decides_nothing_about_the_employer(tie):
    account, employer = registered()
    officer_account, officer_person = person_with_account("有关系的窗口")
    actor = Actor(account_id=officer_account.id, person_id=officer_person.id, acting_as="clerk")
    if tie == "registrant":
        actor = Actor(account_id=account.id, person_id=account.person_id, acting_as="clerk")
    elif tie == "nobody":
        actor = Actor(account_id=officer_account.id, person_id=None, acting_as="clerk")
    else:
        with unit_of_work():
            if tie == "holds":
                add_agent(employer, officer_person)
            else:
                ask_for_authorisation(
                    employer.id,
                    person_id=officer_person.id,
                    until=in_days(9),
                    is_founder=False,
                    authorisation_file_id=None,
                    actor=actor,
                    at=now(),
                )
    waiting = next(agent for agent in agents() if agent.person_id == account.person_id)
    for act in (
        lambda: verify_employer(employer.id, expected_version=None, actor=actor, at=now()),
        lambda: refuse_employer(
            employer.id, reason="缺", expected_version=None, actor=actor, at=now()
        ),
        lambda: confirm_agent(employer.id, waiting.id, actor=actor, at=now()),
        lambda: refuse_agent(employer.id, waiting.id, reason="缺", actor=actor, at=now()),
    ):
        with pytest.raises(FourEyesViolated), unit_of_work():
            act()
    assert db.session.get(Employer, employer.id).state is EmployerState.PENDING


def test_the_database_refuses_what_the_rules_forbid():
    account, employer = registered()
    with pytest.raises(IntegrityError) as own_employer, unit_of_work():
        employer.verified_by_account_id = account.id
    assert "verified_by_another" in str(own_employer.value)
    agent = agents()[0]
    with pytest.raises(IntegrityError) as own_agency, unit_of_work():
        agent.decided_by_person_id = account.person_id
    assert "decided_by_another" in str(own_agency.value)


def test_an_employer_entered_at_the_desk_has_nobody_to_tell():
    with unit_of_work():
        employer = add_employer()
    with unit_of_work():
        verify_employer(employer.id, expected_version=None, actor=SYSTEM, at=now())
    assert db.session.execute(select(func.count()).select_from(Notice)).scalar_one() == 0
