"""Authorisations: who answers, renewals, expiry by time, reminders."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from talentsvc.access.actor import Actor
from talentsvc.core.clock import now
from talentsvc.core.errors import (
    FourEyesViolated,
    InvalidInput,
    NotAllowedNow,
    NotFoundHere,
)
from talentsvc.employers import queries
from talentsvc.employers.actions.ask_for_authorisation import ask_for_authorisation
from talentsvc.employers.actions.authorise_agent import authorise_agent
from talentsvc.employers.actions.confirm_agent import confirm_agent
from talentsvc.employers.actions.end_agent import end_agent
from talentsvc.employers.actions.refuse_agent import refuse_agent
from talentsvc.employers.actions.remind_of_expiry import remind_of_expiry
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.terms import AgentEnded, AgentState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.employers.stories import agents, clerk, open_tasks, person_with_account, registered, told
from tests.employers.world import (
    add_agent,
    add_verified_employer,
    agent_actor,
    in_days,
)
from tests.people.world import actor_of

pytestmark = pytest.mark.usefixtures("app_context")


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
