"""Registrations and authorisations: steps, four eyes, messages, tasks, the record."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.audit.models import AuditEntry
from talentsvc.audit.verify import verify_audit
from talentsvc.core.clock import now
from talentsvc.core.errors import (
    FourEyesViolated,
    InvalidInput,
    NotAllowedNow,
    NotFoundHere,
    StaleVersion,
)
from talentsvc.employers import queries
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.employers.actions.authorise_agent import authorise_agent
from talentsvc.employers.actions.confirm_agent import confirm_agent
from talentsvc.employers.actions.end_agent import end_agent
from talentsvc.employers.actions.mend_employer import mend_employer
from talentsvc.employers.actions.refuse_agent import refuse_agent
from talentsvc.employers.actions.refuse_employer import refuse_employer
from talentsvc.employers.actions.register_employer import register_employer
from talentsvc.employers.actions.remind_of_expiry import remind_of_expiry
from talentsvc.employers.actions.verify_employer import verify_employer
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.terms import AgentEnded, AgentState, EmployerState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import FilePurpose, ScanState
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskState
from tests.employers.world import (
    add_agent,
    add_employer,
    add_verified_employer,
    agent_actor,
    details,
    in_days,
)
from tests.people.world import actor_of, add_account, add_person

pytestmark = pytest.mark.usefixtures("app_context")


def stored(purpose: FilePurpose) -> StoredFile:
    file = StoredFile(
        purpose=purpose,
        original_name="paper.pdf",
        media_type="application/pdf",
        byte_size=10,
        sha256=b"0" * 32,
        storage_key=str(uuid4()),
        key_id="K",
        scan_state=ScanState.CLEAN,
        created_at=now(),
    )
    db.session.add(file)
    db.session.flush()
    return file


def registered(name: str = "陈经办", **changed):
    """A registration that was sent; the account and the employer."""
    with unit_of_work():
        account = add_account(name)
        add_person(account)
        employer = register_employer(
            details(**changed),
            account=account,
            licence_file_id=stored(FilePurpose.LICENCE).id,
            authorisation_file_id=stored(FilePurpose.AUTHORISATION).id,
            until=in_days(365),
            is_founder=False,
            actor=actor_of(account),
            at=now(),
        )
    return account, employer


def clerk() -> Actor:
    with unit_of_work():
        account = add_account("陈窗口")
        add_person(account)
    return Actor(account_id=account.id, person_id=account.person_id, acting_as="clerk")


def person_with_account(name: str):
    with unit_of_work():
        account = add_account(name)
        person = add_person(account)
    return account, person


def agents() -> list[EmployerAgent]:
    return list(db.session.execute(select(EmployerAgent).order_by(EmployerAgent.id)).scalars())


def told(kind: str) -> list[dict]:
    rows = db.session.execute(
        select(Notice)
        .where(Notice.kind == kind, Notice.channel == Channel.INBOX)
        .order_by(Notice.id)
    ).scalars()
    return [json.loads(row.params_json or "{}") for row in rows]


def open_tasks() -> list[str]:
    rows = db.session.execute(
        select(Task).where(Task.state == TaskState.OPEN).order_by(Task.created_at, Task.dedupe_key)
    )
    return sorted(task.params["what"] for task in rows.scalars())


def recorded() -> list[str]:
    return list(
        db.session.execute(
            select(AuditEntry.action)
            .where(
                AuditEntry.action.like("%employer%")
                | AuditEntry.action.like("%agent%")
                | AuditEntry.action.like("%authorisation%")
            )
            .order_by(AuditEntry.id)
        ).scalars()
    )


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


def test_an_agent_confirms_refuses_and_ends_colleagues_but_never_himself():
    first, first_person = person_with_account("首位经办")
    second, second_person = person_with_account("后来经办")
    with unit_of_work():
        employer = add_verified_employer()
        add_agent(employer, first_person)
    with unit_of_work():
        asked = ask_for_authorisation(
            employer.id,
            person_id=second_person.id,
            until=in_days(30),
            is_founder=True,
            authorisation_file_id=None,
            actor=actor_of(second),
            at=now(),
        )
    assert told("agent_requested")[0]["name"] == "后来经办"
    outsider = agent_actor(second, uuid4())
    with pytest.raises(FourEyesViolated), unit_of_work():
        confirm_agent(employer.id, asked.id, actor=outsider, at=now())
    stranger, _person = person_with_account("别家经办")
    with pytest.raises(NotFoundHere), unit_of_work():
        confirm_agent(employer.id, asked.id, actor=agent_actor(stranger, uuid4()), at=now())
    with unit_of_work():
        confirm_agent(employer.id, asked.id, actor=agent_actor(first, employer.id), at=now())
    assert queries.is_founder(second_person.id, employer.id)
    assert not queries.is_founder(first_person.id, employer.id)
    assert open_tasks() == []
    with unit_of_work():
        end_agent(
            employer.id,
            asked.id,
            reason="岗位调整",
            actor=agent_actor(first, employer.id),
            at=now(),
        )
        happened = list(db.session().info["happenings"])
    assert happened == [AgentEnded(employer_id=employer.id, person_id=second_person.id)]
    assert not queries.is_agent(second_person.id, employer.id, now())
    assert told("agent_ended")[0]["reason"] == "岗位调整"
    assert queries.is_founder(second_person.id, employer.id), "a founder stays one"


def test_an_answer_needs_its_reason_and_is_given_once():
    account, employer = registered()
    officer = clerk()
    agent_id = agents()[0].id
    with pytest.raises(InvalidInput), unit_of_work():
        refuse_agent(employer.id, agent_id, reason="  ", actor=officer, at=now())
    with unit_of_work():
        refuse_agent(employer.id, agent_id, reason="没有公章", actor=officer, at=now())
    assert told("agent_refused")[0]["reason"] == "没有公章"
    for act in (
        lambda: confirm_agent(employer.id, agent_id, actor=officer, at=now()),
        lambda: refuse_agent(employer.id, agent_id, reason="再说", actor=officer, at=now()),
        lambda: end_agent(employer.id, agent_id, reason="再说", actor=officer, at=now()),
    ):
        with pytest.raises(NotAllowedNow), unit_of_work():
            act()
    with unit_of_work():
        ask_for_authorisation(
            employer.id,
            person_id=account.person_id,
            until=in_days(9),
            is_founder=False,
            authorisation_file_id=None,
            actor=actor_of(account),
            at=now(),
        )
    assert [agent.state for agent in agents()] == [AgentState.REFUSED, AgentState.PENDING]


def test_ones_own_authorisation_is_given_up_without_a_reason_and_another_only_with_one():
    account, person = person_with_account("经办")
    with unit_of_work():
        employer = add_verified_employer()
        agent = add_agent(employer, person)
    with pytest.raises(InvalidInput), unit_of_work():
        end_agent(employer.id, agent.id, reason=None, actor=clerk(), at=now())
    with unit_of_work():
        end_agent(employer.id, agent.id, reason=None, actor=actor_of(account), at=now())
    assert agents()[0].state is AgentState.ENDED
    assert told("agent_ended") == []


def test_asking_twice_is_refused_and_a_race_ends_at_the_constraint():
    account, employer = registered()
    with pytest.raises(InvalidInput) as caught, unit_of_work():
        ask_for_authorisation(
            employer.id,
            person_id=account.person_id,
            until=in_days(9),
            is_founder=False,
            authorisation_file_id=None,
            actor=actor_of(account),
            at=now(),
        )
    assert caught.value.code == "asked_already"
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.add(
            EmployerAgent(
                employer_id=employer.id,
                person_id=account.person_id,
                is_founder=False,
                authorised_until=in_days(9),
                state=AgentState.PENDING,
                created_at=now(),
            )
        )


def test_an_authorisation_ends_by_itself_after_its_last_day():
    _account, person = person_with_account("经办")
    with unit_of_work():
        employer = add_verified_employer()
        add_agent(employer, person, until=in_days(0))
    assert queries.is_agent(person.id, employer.id, now())
    tomorrow = now() + timedelta(days=1)
    assert not queries.is_agent(person.id, employer.id, tomorrow)
    assert queries.active_agents(employer.id, tomorrow) == []
    assert agents()[0].state is AgentState.ACTIVE, "no job wrote anything"
    (agency,) = queries.agencies_of(person.id, tomorrow)
    assert (agency.is_in_force, agency.is_expired) == (False, True)


def test_a_renewal_takes_the_place_of_the_one_in_force_without_a_gap():
    account, person = person_with_account("经办")
    with unit_of_work():
        employer = add_verified_employer()
        add_agent(employer, person, until=in_days(5))
    with unit_of_work():
        asked = ask_for_authorisation(
            employer.id,
            person_id=person.id,
            until=in_days(400),
            is_founder=False,
            authorisation_file_id=None,
            actor=actor_of(account),
            at=now(),
        )
    assert queries.is_agent(person.id, employer.id, now())
    with unit_of_work():
        confirm_agent(employer.id, asked.id, actor=clerk(), at=now())
    assert [agent.state for agent in agents()] == [AgentState.ENDED, AgentState.ACTIVE]
    assert [agent.authorised_until for agent in queries.active_agents(employer.id, now())] == [
        in_days(400)
    ]
    assert told("agent_ended") == [], "the person goes on acting"


def test_an_authorisation_that_ran_out_while_it_waited_is_not_confirmed():
    account, employer = registered()
    later = now() + timedelta(days=366)
    with pytest.raises(NotAllowedNow), unit_of_work():
        confirm_agent(employer.id, agents()[0].id, actor=clerk(), at=later)
    assert account.person_id is not None


def test_nobody_authorises_himself_at_the_desk():
    account, person = person_with_account("窗口")
    with unit_of_work():
        employer = add_verified_employer()
    own = Actor(account_id=account.id, person_id=person.id, acting_as="clerk")
    with pytest.raises(FourEyesViolated), unit_of_work():
        authorise_agent(employer, person, until=in_days(9), is_founder=False, actor=own, at=now())


def test_an_agent_is_reminded_once_for_each_end_also_when_the_worker_was_away():
    _account, person = person_with_account("经办")
    with unit_of_work():
        employer = add_verified_employer()
        soon = add_agent(employer, person, until=in_days(30)).id
        _other, far_person = person_with_account("远期经办")
    with unit_of_work():
        add_agent(employer, far_person, until=in_days(31))
    assert queries.agents_to_remind(now(), 10) == [soon]
    with unit_of_work():
        assert remind_of_expiry(soon, at=now())
    assert told("authorisation_expiring")[0]["until"] == in_days(30).isoformat()
    assert queries.agents_to_remind(now(), 10) == []
    with unit_of_work():
        assert not remind_of_expiry(soon, at=now())
    months_later = now() + timedelta(days=90)
    assert len(queries.agents_to_remind(months_later, 10)) == 1, (
        "found by age, whenever the worker comes back"
    )


def test_an_employer_entered_at_the_desk_has_nobody_to_tell():
    with unit_of_work():
        employer = add_employer()
    with unit_of_work():
        verify_employer(employer.id, expected_version=None, actor=SYSTEM, at=now())
    assert db.session.execute(select(func.count()).select_from(Notice)).scalar_one() == 0
