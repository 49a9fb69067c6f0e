"""A founder or only agent is checked in person: offered where nobody else can confirm, told to all sides."""

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.cards.models import InPersonCheck
from talentsvc.cards.rules.in_person import in_person_cause
from talentsvc.cards.terms import ApplicationState, EndorsementOutcome, InPersonCause
from talentsvc.core.ids import uuid7
from talentsvc.employers.models import EmployerAgent
from talentsvc.employers.terms import AgentState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from tests.cards import world
from tests.cards.apply.pages import Browser, hidden

REASON = "申请人为单位创始人，经当面核验属实。"


def founder_case(app: Flask) -> world.MadeCase:
    company = world.make_verified_employer(app)
    answers = world.answers_for(company, work={"is_founder": True})
    return world.make_filed_case(app, answers=answers, company=company)


def desk_path(case: world.MadeCase) -> str:
    return f"/desk/cases/{case.application_id}"


def check_form(page: str, **changed: object) -> dict[str, object]:
    return {
        "version": hidden(page, "version"),
        "copy_sha256": hidden(page, "copy_sha256"),
        "originals": ["identity_document", "business_licence"],
        "place": "综合窗口",
        "seen": "本人到场，证照原件与填报一致。",
        "answer": "yes",
        "reason": REASON,
        **changed,
    }


def kinds_told(app: Flask, case: world.MadeCase) -> set[str]:
    with app.app_context():
        statement = select(Notice.kind).where(Notice.subject_id == case.application_id)
        return set(db.session.execute(statement).scalars())


@pytest.mark.parametrize(
    ("says", "authorised", "agents", "cause"),
    [
        (True, False, ("other",), InPersonCause.FOUNDER),
        (False, True, ("other",), InPersonCause.FOUNDER),
        (False, False, ("self",), InPersonCause.ONLY_AGENT),
        (False, False, ("self", "other"), None),
        (False, False, ("other",), None),
        (False, False, (), None),
    ],
)
def test_when_a_clerk_may_check(
    says: bool, authorised: bool, agents: tuple[str, ...], cause: InPersonCause | None
) -> None:
    ids = {"self": uuid7(), "other": uuid7()}
    found = in_person_cause(
        ids["self"],
        says_founder=says,
        is_authorised_founder=authorised,
        agent_ids=[ids[name] for name in agents],
    )
    assert found is cause


def test_a_clerk_checks_and_the_window_has_the_case(app: Flask) -> None:
    case = founder_case(app)
    clerk = Browser(app, world.make_officer(app))
    assert "Check in person" in clerk.get(desk_path(case))
    page = clerk.get(f"{desk_path(case)}/check-in-person")
    assert "The applicant is founder or owner of the employer." in page
    done = clerk.post(f"{desk_path(case)}/check-in-person", **check_form(page))
    assert done.status_code == 303, done.text
    with app.app_context():
        application = world.application_of(case)
        copy = world.newest_copy(case.application_id)
        check = db.session.execute(select(InPersonCheck)).scalar_one()
        assert application.state is ApplicationState.RECEIVED
        assert application.received_on is not None
        assert world.endorsement_of(case).outcome is EndorsementOutcome.ENDORSED
        assert check.copy_sha256 == copy.sha256
        assert check.seen == "本人到场，证照原件与填报一致。"
        assert "本人到场".encode() not in check.seen_sealed
    assert "checked_in_person" in kinds_told(app, case)
    shown = clerk.get(desk_path(case))
    assert "本人到场，证照原件与填报一致。" in shown
    assert "Checked in person at the window, received" in shown
    own = Browser(app, case.applicant).get(f"/applications/{case.application_id}")
    assert "Checked in person at the window, received" in own
    assert "本人到场" not in own
    agent = Browser(app, case.company.agent)
    with app.app_context():
        endorsement_id = world.endorsement_of(case).id
    answered = agent.get(f"/employers/endorsements/{endorsement_id}")
    assert "Checked in person at the window (综合窗口)" in answered
    assert "本人到场" not in answered


def test_declined_in_person_the_applicant_reads_why_and_asks_again(app: Flask) -> None:
    case = founder_case(app)
    clerk = Browser(app, world.make_officer(app))
    path = f"{desk_path(case)}/check-in-person"
    form = check_form(clerk.get(path), answer="no", reason="合同原件起始日期不一致，请更正。")
    assert clerk.post(path, **form).status_code == 303
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.ENDORSEMENT_DECLINED
        assert world.endorsement_of(case).reason == "合同原件起始日期不一致，请更正。"
    assert "not_confirmed_in_person" in kinds_told(app, case)
    own = Browser(app, case.applicant).get(f"/applications/{case.application_id}")
    assert "合同原件起始日期不一致，请更正。" in own
    world.file_application(app, case)
    assert clerk.post(path, **check_form(clerk.get(path))).status_code == 303


def test_a_form_with_gaps_comes_back_with_all_that_was_typed(app: Flask) -> None:
    case = founder_case(app)
    clerk = Browser(app, world.make_officer(app))
    path = f"{desk_path(case)}/check-in-person"
    page = clerk.get(path)
    unseen = clerk.post(path, **check_form(page, originals=["business_licence"]))
    assert unseen.status_code == 422
    assert "Without the identity document nobody knows" in unseen.text
    assert "本人到场，证照原件与填报一致。" in unseen.text
    blank = clerk.post(path, **check_form(page, reason=" "))
    assert blank.status_code == 422
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.AWAITING_ENDORSEMENT


def test_the_only_agent_reads_where_to_go_and_so_does_the_applicant(app: Flask) -> None:
    case = world.make_filed_case(app)
    with app.app_context(), unit_of_work():
        former = db.session.execute(select(EmployerAgent)).scalar_one()
        former.state, former.ended_at = AgentState.ENDED, former.created_at
        world.add_agent(case.company.employer_id, case.applicant)
    applicant = Browser(app, case.applicant)
    own = applicant.get(f"/applications/{case.application_id}")
    assert "You are the only agent of your employer." in own
    with app.app_context():
        endorsement_id = world.endorsement_of(case).id
    asked = applicant.get(f"/employers/endorsements/{endorsement_id}")
    assert "Or the applicant comes to our window" in asked
    clerk = Browser(app, world.make_officer(app))
    assert "only agent" in clerk.get(f"{desk_path(case)}/check-in-person")


def test_where_an_agent_can_answer_no_clerk_may(app: Flask) -> None:
    case = world.make_filed_case(app)
    clerk = Browser(app, world.make_officer(app))
    assert "Check in person" not in clerk.get(desk_path(case))
    assert clerk.client.get(f"{desk_path(case)}/check-in-person").status_code == 409
    own = Browser(app, case.applicant).get(f"/applications/{case.application_id}")
    assert "You can be checked in person" not in own


def test_another_agent_may_still_confirm_for_a_founder(app: Flask) -> None:
    case = founder_case(app)
    world.endorse(app, case)
    clerk = Browser(app, world.make_officer(app))
    assert clerk.client.get(f"{desk_path(case)}/check-in-person").status_code == 409
