"""Agents among themselves: joining, answering, leaving, and what nobody else reaches."""

from datetime import timedelta

from sqlalchemy import select

from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.terms import AgentState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.employers.pages import ask, paper, rows
from tests.employers.world import add_agent, code, company, in_days
from tests.people.world import Person, sent, sign_in, someone, statements


def test_joining_shows_nothing_of_the_company_before_the_answer(app, client):
    agent = someone(app, "首位经办")
    employer_id = company(app, agent, credit_code=code(601), name="石家庄保密有限公司")
    sign_in(app, client, someone(app, "后来者"))
    form = sent(
        credit_code=code(601), authorised_until=in_days(90).isoformat(), letter=paper(name="信.pdf")
    )
    assert client.post("/employers/join", data=form).status_code == 303
    home = client.get("/employers/").get_data(as_text=True)
    assert code(601) in home
    assert "保密" not in home
    for path in ("", "/licence", "/mend", "/renew"):
        assert client.get(f"/employers/{employer_id}{path}").status_code == 404
    repeated = client.post(
        "/employers/join", data=sent(**{**form, "form_id": sent()["form_id"], "letter": paper()})
    )
    assert repeated.status_code == 422
    unknown = client.post(
        "/employers/join",
        data=sent(credit_code=code(602), authorised_until=in_days(90).isoformat(), letter=paper()),
    )
    assert unknown.status_code == 422
    with app.app_context():
        agent_row = db.session.execute(
            select(EmployerAgent).where(EmployerAgent.state == AgentState.PENDING)
        ).scalar_one()
        assert agent_row.authorisation_file_id is not None


def test_an_agent_answers_a_colleague_and_a_stranger_answers_nobody(app, client):
    agent, newcomer = someone(app, "首位经办"), someone(app, "后来者")
    employer_id = company(app, agent)
    asked = ask(app, employer_id, newcomer)
    url = f"/employers/{employer_id}/agents/{asked}"
    sign_in(app, client, newcomer)
    assert client.post(f"{url}/confirm", data=sent()).status_code == 404
    sign_in(app, client, (other := someone(app, "别家经办")))
    company(app, other, name="别家有限公司")
    for path in ("confirm", "refuse", "end"):
        assert client.post(f"{url}/{path}", data=sent(reason="试试")).status_code == 404
    sign_in(app, client, agent)
    page = client.get(f"/employers/{employer_id}").get_data(as_text=True)
    assert "后来者" in page
    assert client.get(f"{url}/refuse").status_code == 200
    assert client.post(f"{url}/refuse", data=sent(reason="")).status_code == 422
    assert client.post(f"{url}/confirm", data=sent()).status_code == 303
    assert client.post(f"{url}/confirm", data=sent()).status_code == 409
    sign_in(app, client, newcomer)
    assert client.get(f"/employers/{employer_id}").status_code == 200
    assert client.post(f"{url}/leave", data=sent()).status_code == 303
    assert client.get(f"/employers/{employer_id}").status_code == 404


def test_an_agent_of_one_company_cannot_reach_the_agents_of_another_through_its_own(app, client):
    mine, other = someone(app, "甲经办"), someone(app, "乙经办")
    own_id, other_id = company(app, mine), company(app, other)
    asked = ask(app, other_id, someone(app, "申请者"))
    sign_in(app, client, mine)
    assert (
        client.post(f"/employers/{own_id}/agents/{asked}/confirm", data=sent()).status_code == 404
    )
    assert client.get(f"/employers/{own_id}/agents/{asked}/refuse").status_code == 404
    assert client.get(f"/employers/{own_id}/agents/{asked}/letter").status_code == 404
    with app.app_context():
        assert db.session.get(EmployerAgent, asked).state is AgentState.PENDING


def test_nobody_gives_up_for_another(app, client):
    agent, colleague = someone(app, "甲"), someone(app, "乙")
    employer_id = company(app, agent, colleague)
    with app.app_context():
        row = db.session.execute(
            select(EmployerAgent).where(EmployerAgent.person_id == colleague.person_id)
        ).scalar_one()
        target = row.id
    sign_in(app, client, agent)
    assert (
        client.post(f"/employers/{employer_id}/agents/{target}/leave", data=sent()).status_code
        == 404
    )
    own = client.post(f"/employers/{employer_id}/agents/{target}/end", data=sent(reason="岗位调整"))
    assert own.status_code == 303


def test_an_ended_authorisation_is_extended_with_a_new_letter(app, client):
    agent = someone(app, "经办")
    employer_id = company(app, agent)
    with app.app_context(), unit_of_work():
        row = db.session.execute(select(EmployerAgent)).scalar_one()
        row.authorised_until = in_days(-1)
    sign_in(app, client, agent)
    home = client.get("/employers/").get_data(as_text=True)
    assert f"/employers/{employer_id}/renew" in home
    assert client.get(f"/employers/{employer_id}").status_code == 404, (
        "whose day is over sees no colleagues"
    )
    form = sent(authorised_until=in_days(365).isoformat(), letter=paper())
    assert client.post(f"/employers/{employer_id}/renew", data=form).status_code == 303
    assert rows(app, EmployerAgent) == 2


def test_the_company_page_costs_a_fixed_number_of_statements(app, client):
    agent = someone(app, "经办")
    employer_id = company(app, agent)
    sign_in(app, client, agent)
    with statements(app) as one:
        client.get(f"/employers/{employer_id}")
    with app.app_context(), unit_of_work():
        employer = db.session.get(Employer, employer_id)
        for number in range(5):
            other = someone(app, f"经办{'甲乙丙丁戊'[number]}")
            add_agent(employer, db.session.get(Person, other.person_id))
    with statements(app) as six:
        client.get(f"/employers/{employer_id}")
    # Sign-in with account and roles, employers; my authorisations; all agents; the latest correction.
    assert len(one) == len(six) == 5, six


def test_the_day_after_the_last_one_an_agent_reaches_nothing(app, client):
    agent = someone(app, "经办")
    employer_id = company(app, agent)
    asked = ask(app, employer_id, someone(app, "申请者"))
    with app.app_context(), unit_of_work():
        row = db.session.execute(
            select(EmployerAgent).where(EmployerAgent.person_id == agent.person_id)
        ).scalar_one()
        row.authorised_until = in_days(0) - timedelta(days=1)
    sign_in(app, client, agent)
    assert (
        client.post(f"/employers/{employer_id}/agents/{asked}/confirm", data=sent()).status_code
        == 404
    )
