"""The employer confirms exactly what it saw, or says why not; nobody else's question exists for it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.cards.models import Endorsement
from talentsvc.cards.terms import ApplicationState, EndorsementOutcome
from talentsvc.core.clock import now
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.terms import AgentState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.cards import world
from tests.cards.apply.pages import CONSENTS, Browser, hidden, step_path
from tests.people.world import someone


def path_of(app: Flask, case: world.MadeCase) -> str:
    with app.app_context():
        return f"/employers/endorsements/{world.endorsement_of(case).id}"


@pytest.fixture
def case(app: Flask) -> world.MadeCase:
    return world.make_filed_case(app)


@pytest.fixture
def agent(app: Flask, case: world.MadeCase) -> Browser:
    return Browser(app, case.company.agent)


def test_the_copy_shows_what_an_employer_needs_and_no_more(
    app: Flask, case: world.MadeCase, agent: Browser, owner_connection
) -> None:
    with app.app_context():
        copy = world.newest_copy(case.application_id)
        number = re.search(r'"document_number":"(\w+)"', copy.content_json)
        digest = copy.sha256.hex()
    assert number
    page = agent.get(path_of(app, case))
    assert "欧阳䶮" in page
    assert "研发工程师" in page
    assert number[1] not in page
    assert "13812345678" not in page
    assert digest[:16] in page
    assert hidden(page, "copy_sha256") == digest
    looks = owner_connection.execute(
        "SELECT actor_account_id FROM access_log WHERE subject_id = %s", [case.application_id]
    ).fetchall()
    assert [who for (who,) in looks] == [case.company.agent.account_id]


def test_an_agent_is_led_from_the_companys_page_to_the_questions(agent: Browser) -> None:
    assert 'href="/employers/endorsements"' in agent.get("/employers/")


def test_confirming_needs_the_box_and_names_the_copy(
    app: Flask, case: world.MadeCase, agent: Browser
) -> None:
    path = path_of(app, case)
    digest = hidden(agent.get(path), "copy_sha256")
    unticked = agent.post(f"{path}/confirm", copy_sha256=digest)
    assert unticked.status_code == 422
    assert "Tick this if it is so" in unticked.text
    wrong = agent.post(f"{path}/confirm", copy_sha256="00" * 32, is_true="y")
    assert wrong.status_code == 409
    garbage = agent.post(f"{path}/confirm", copy_sha256="not hex", is_true="y")
    assert garbage.status_code == 409
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.AWAITING_ENDORSEMENT
    assert agent.post(f"{path}/confirm", copy_sha256=digest, is_true="y").status_code == 303
    with app.app_context():
        application = world.application_of(case)
        assert application.state is ApplicationState.RECEIVED
        assert application.received_on is not None
    assert agent.post(f"{path}/confirm", copy_sha256=digest, is_true="y").status_code == 409


def test_declining_needs_a_reason_which_is_kept_when_too_long(
    app: Flask, case: world.MadeCase, agent: Browser
) -> None:
    path = path_of(app, case)
    blank = agent.post(f"{path}/decline", reason="   ")
    assert blank.status_code == 422
    assert "Write why you cannot confirm it." in blank.text
    long = "不" * 1001
    refused = agent.post(f"{path}/decline", reason=long)
    assert refused.status_code == 422
    assert long in refused.text
    assert agent.post(f"{path}/decline", reason="合同起始日期不符").status_code == 303
    with app.app_context():
        endorsement = world.endorsement_of(case)
        assert endorsement.outcome is EndorsementOutcome.DECLINED
        assert endorsement.reason == "合同起始日期不符"
        assert world.application_of(case).state is ApplicationState.ENDORSEMENT_DECLINED


def test_after_a_refusal_the_changed_case_is_asked_about_anew(
    app: Flask, case: world.MadeCase, agent: Browser
) -> None:
    first = path_of(app, case)
    old_digest = hidden(agent.get(first), "copy_sha256")
    agent.post(f"{first}/decline", reason="岗位不符")
    applicant = Browser(app, case.applicant)
    page = applicant.get(step_path(case, "check"))
    response = applicant.post(step_path(case, "check"), version=hidden(page, "version"), **CONSENTS)
    assert response.status_code == 303, response.text
    second = path_of(app, case)
    assert second != first
    assert "Not confirmed" in agent.get(first)
    # The old page of the agent cannot answer the new question.
    late = agent.post(f"{first}/confirm", copy_sha256=old_digest, is_true="y")
    assert late.status_code == 409
    digest = hidden(agent.get(second), "copy_sha256")
    assert agent.post(f"{second}/confirm", copy_sha256=digest, is_true="y").status_code == 303


def test_another_employers_question_does_not_exist(app: Flask, case: world.MadeCase) -> None:
    other = world.make_verified_employer(app, "石家庄另一家有限公司", "吴经办")
    stranger = Browser(app, other.agent)
    path = path_of(app, case)
    assert case.reference not in stranger.get("/employers/endorsements")
    assert stranger.client.get(path).status_code == 404
    for step, values in (
        ("confirm", {"copy_sha256": "00" * 32, "is_true": "y"}),
        ("decline", {"reason": "不是我们的人"}),
    ):
        assert stranger.post(f"{path}/{step}", **values).status_code == 404
    with app.app_context():
        assert world.endorsement_of(case).outcome is EndorsementOutcome.WAITING


def test_whoever_acts_for_no_employer_has_no_such_page(app: Flask, case: world.MadeCase) -> None:
    applicant = Browser(app, case.applicant)
    assert applicant.client.get("/employers/endorsements").status_code == 404
    assert applicant.client.get(path_of(app, case)).status_code == 404


def test_a_founder_cannot_confirm_himself_but_another_agent_can(app: Flask) -> None:
    case = world.make_filed_case(app)
    with app.app_context(), unit_of_work():
        world.add_agent(case.company.employer_id, case.applicant, is_founder=True)
    founder = Browser(app, case.applicant)
    path = path_of(app, case)
    page = founder.get(path)
    assert "This is your own case." in page
    assert "Confirm the application" not in page
    with app.app_context():
        digest = world.newest_copy(case.application_id).sha256.hex()
    response = founder.post(f"{path}/confirm", copy_sha256=digest, is_true="y")
    assert response.status_code == 403
    agent = Browser(app, case.company.agent)
    assert agent.post(f"{path}/confirm", copy_sha256=digest, is_true="y").status_code == 303


def test_a_replaced_agent_sees_nothing_and_the_new_one_answers(
    app: Flask, case: world.MadeCase, agent: Browser
) -> None:
    path = path_of(app, case)
    newcomer = someone(app, "孙接任", document_number=world.free_number())
    with app.app_context(), unit_of_work():
        old = db.session.execute(select(EmployerAgent)).scalar_one()
        old.state = AgentState.ENDED
        old.ended_at = now()
        world.add_agent(case.company.employer_id, newcomer)
    assert agent.client.get(path).status_code == 404
    digest = hidden(Browser(app, newcomer).get(path), "copy_sha256")
    response = Browser(app, newcomer).post(f"{path}/confirm", copy_sha256=digest, is_true="y")
    assert response.status_code == 303
    with app.app_context():
        assert db.session.execute(select(Endorsement.agent_person_id)).scalar_one() == (
            newcomer.person_id
        )


def test_an_expired_question_is_closed_though_no_sweep_has_run(app: Flask) -> None:
    case = world.make_filed_case(app, at=now() - timedelta(days=40))
    agent = Browser(app, case.company.agent)
    path = path_of(app, case)
    assert "Nothing waits for you" in agent.get("/employers/endorsements")
    page = agent.get(path)
    assert "Not answered in time" in page
    assert "Confirm the application" not in page
    with app.app_context():
        digest = world.newest_copy(case.application_id).sha256.hex()
    response = agent.post(f"{path}/confirm", copy_sha256=digest, is_true="y")
    assert response.status_code == 409
