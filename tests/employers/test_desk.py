"""The desk's pages of employers: lists, verification, authorisations, papers."""

import io

import pytest
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.audit.models import AccessLog
from talentsvc.employers.models import Employer, EmployerAgent
from talentsvc.employers.terms import AgentState, EmployerState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.employers.pages import ask, hidden, paper, registration
from tests.employers.world import add_employer, company, scan_all
from tests.files.samples import jpeg
from tests.people.world import officer, sent, sign_in, someone, statements


@pytest.fixture
def registered(app, client):
    """A registration that waits, with papers; its path at the desk."""
    sign_in(app, client, someone(app, "陈经办"))
    location = client.post(
        "/employers/register", data=registration(licence=paper(jpeg(), "执照.jpg"))
    ).location
    return f"/desk{location}"


@pytest.fixture
def clerk(app, client, registered):
    who = officer(app)
    sign_in(app, client, who)
    return who


def employer_row(app) -> Employer:
    with app.app_context():
        return db.session.execute(select(Employer)).scalar_one()


def test_the_list_shows_what_waits_and_finds_by_name_pinyin_and_code(app, client, clerk):
    company(app, name="河北远山电子有限公司")
    waiting = client.get("/desk/employers/").get_data(as_text=True)
    assert "石家庄示例生物有限公司" in waiting
    assert "河北远山" not in waiting
    for question in ("远山", "yuanshan", "hbys", "yuanshandianzi"):
        found = client.get(f"/desk/employers/?q={question}").get_data(as_text=True)
        assert "河北远山电子有限公司" in found, question
        assert "石家庄示例" not in found
    by_code = client.get(
        f"/desk/employers/?q={employer_row_code(app, '石家庄示例生物有限公司')[:10]}"
    ).get_data(as_text=True)
    assert "石家庄示例生物有限公司" in by_code
    assert "河北远山" in client.get("/desk/employers/?state=verified").get_data(as_text=True)
    everything = client.get("/desk/employers/?state=all").get_data(as_text=True)
    assert "河北远山" in everything
    assert "石家庄示例" in everything


def employer_row_code(app, name: str) -> str:
    with app.app_context():
        return db.session.execute(
            select(Employer.credit_code).where(Employer.name == name)
        ).scalar_one()


def test_the_oldest_waits_first_and_pages_follow(app, client, clerk):
    with app.app_context(), unit_of_work():
        for number in range(30):
            add_employer(name=f"示例{'一二三四五六七八九十'[number % 10]}{number // 10}号有限公司")
    first = client.get("/desk/employers/").get_data(as_text=True)
    assert "石家庄示例生物有限公司" in first
    assert 'rel="next"' in first
    assert client.get("/desk/employers/?cursor=nonsense").status_code == 422


def test_the_page_shows_licence_agents_and_history(app, client, registered, clerk):
    before = client.get(registered).get_data(as_text=True)
    assert "<img" not in before, "nothing is shown before the scan"
    scan_all(app)
    page = client.get(registered).get_data(as_text=True)
    assert f'src="{registered}/licence?show=view"' in page
    assert "陈经办" in page
    assert client.get(f"{registered}/licence?show=view").mimetype == "image/png"
    with app.app_context():
        look = db.session.execute(select(AccessLog)).scalar_one()
        assert (look.acting_as, look.detail.split(":")[0]) == ("clerk", "licence")


def test_verified_confirmed_and_recorded_with_the_officer(app, client, registered, clerk):
    version = hidden(client.get(registered).get_data(as_text=True), "version")
    assert client.post(f"{registered}/verify", data=sent(version="99")).status_code == 409
    assert client.post(f"{registered}/verify", data=sent()).status_code == 409
    assert client.post(f"{registered}/verify", data=sent(version=version)).status_code == 303
    assert client.post(f"{registered}/verify", data=sent(version=version)).status_code == 409
    employer = employer_row(app)
    assert (employer.state, employer.verified_by_account_id) == (
        EmployerState.VERIFIED,
        clerk.account_id,
    )
    with app.app_context():
        agent_id = db.session.execute(select(EmployerAgent.id)).scalar_one()
    assert client.post(f"{registered}/agents/{agent_id}/confirm", data=sent()).status_code == 303
    with app.app_context():
        agent = db.session.get(EmployerAgent, agent_id)
        assert (agent.state, agent.decided_by_person_id) == (AgentState.ACTIVE, clerk.person_id)
    assert client.get(f"{registered}/agents/{agent_id}/end").status_code == 200
    assert (
        client.post(f"{registered}/agents/{agent_id}/end", data=sent(reason="单位来函")).status_code
        == 303
    )


def test_sent_back_with_a_reason_that_the_company_reads(app, client, registered, clerk):
    page = client.get(f"{registered}/refuse").get_data(as_text=True)
    version = hidden(page, "version")
    assert (
        client.post(f"{registered}/refuse", data=sent(version=version, reason=" ")).status_code
        == 422
    )
    assert (
        client.post(
            f"{registered}/refuse", data=sent(version=version, reason="长" * 501)
        ).status_code
        == 422
    )
    assert (
        client.post(
            f"{registered}/refuse", data=sent(version=version, reason="执照看不清")
        ).status_code
        == 303
    )
    assert employer_row(app).refusal_reason == "执照看不清"


def test_an_officer_who_registered_the_company_is_told_and_cannot_verify_it(app, client):
    who = officer(app, name="身兼两职")
    sign_in(app, client, who)
    path = "/desk" + client.post("/employers/register", data=registration()).location
    page = client.get(path).get_data(as_text=True)
    assert f'action="{path}/verify"' not in page
    assert client.post(f"{path}/verify", data=sent(version="1")).status_code == 403
    assert employer_row(app).state is EmployerState.PENDING


def test_the_waiting_authorisations_stand_in_one_list(app, client, clerk):
    employer_id = company(app, someone(app, "首位"), name="河北远山电子有限公司")
    ask(app, employer_id, someone(app, "申请者"))
    page = client.get("/desk/employers/authorisations").get_data(as_text=True)
    assert "申请者" in page
    assert "陈经办" in page
    assert "首位" not in page


@pytest.mark.parametrize(
    ("role", "read", "act", "paper_status"),
    [
        (Role.REVIEWER, 200, 403, 409),
        (Role.DECIDER, 200, 403, 409),
        (Role.POLICY_EDITOR, 403, 403, 403),
        (Role.AUDIT_ADMIN, 403, 403, 403),
    ],
)
def test_who_may_read_who_may_act(app, client, registered, role, read, act, paper_status):
    sign_in(app, client, officer(app, role))
    assert client.get(registered).status_code == read
    assert client.get("/desk/employers/").status_code == read
    assert client.get(f"{registered}/licence").status_code == paper_status
    for path in ("verify", "refuse"):
        assert (
            client.post(f"{registered}/{path}", data=sent(version="1", reason="缺")).status_code
            == act
        )
    assert employer_row(app).state is EmployerState.PENDING


def test_pages_cost_a_fixed_number_of_statements(app, client, registered, clerk):
    scan_all(app)
    with app.app_context(), unit_of_work():
        for _number in range(30):
            add_employer()
    with statements(app) as board:
        client.get("/desk/employers/?q=示例")
    with statements(app) as waiting:
        client.get("/desk/employers/authorisations")
    with statements(app) as page:
        client.get(registered)
    # Sign-in with account and roles, employers; then one for each list.
    assert len(board) == len(waiting) == 3, board
    # The same two; employer, agents, papers, masked documents, history, ties, an open correction.
    assert len(page) == 9, page


def test_a_letter_is_opened_by_those_who_open_evidence(app, client, registered, clerk):
    scan_all(app)
    with app.app_context():
        agent_id = db.session.execute(select(EmployerAgent.id)).scalar_one()
    answer = client.get(f"{registered}/agents/{agent_id}/letter")
    assert answer.status_code == 200
    assert io.BytesIO(answer.data).read(2) == b"\xff\xd8"
    assert (
        client.get(f"/desk/employers/{clerk.account_id}/agents/{agent_id}/letter").status_code
        == 404
    )
