"""Check and send: once, whole, with consents, and never over something that changed."""

import re
import secrets
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from talentsvc.access.actor import SYSTEM
from talentsvc.cards.models import Application, ApplicationCopy, Endorsement, StoredEvaluation
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.clock import now
from talentsvc.employers.terms import EmployerState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.people.models import ConsentRecord, Person
from talentsvc.people.terms import CARD_PURPOSES, PRIVACY_NOTICE_VERSION
from talentsvc.policy.actions.store_rule_set import store_rule_set
from tests.cards import world
from tests.cards.apply.pages import CONSENTS, Browser, hidden, is_ticked, step_path, typed

NEEDED = {
    "notice_read": "Read the privacy notice and tick that you have.",
    "sensitive_images": "Without your consent to keep the pictures",
    "share_with_employer": "Without your consent your employer cannot confirm",
    "public_notice": "Without your consent to the public notice",
}


@pytest.fixture
def case(app: Flask) -> world.MadeCase:
    made = world.make_draft(app)
    world.fill_in(app, made)
    world.add_papers(app, made)
    return made


@pytest.fixture
def applicant(app: Flask, case: world.MadeCase) -> Browser:
    return Browser(app, case.applicant)


def state_of(app: Flask, case: world.MadeCase) -> ApplicationState:
    with app.app_context():
        return world.application_of(case).state


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def send(applicant: Browser, case: world.MadeCase, **changed: str):
    page = applicant.get(step_path(case, "check"))
    values = CONSENTS | {"version": hidden(page, "version")} | changed
    return applicant.post(step_path(case, "check"), **values)


def test_sending_freezes_judges_asks_and_tells(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    response = send(applicant, case, fetch_shared_data="y")
    assert response.status_code == 303
    assert re.search(r"/receipts/2$", response.location)
    with app.app_context():
        application = world.application_of(case)
        assert application.state is ApplicationState.AWAITING_ENDORSEMENT
        assert application.due_on is not None
        copy = db.session.execute(select(ApplicationCopy)).scalar_one()
        assert "欧阳䶮" in copy.content_json
        assert len(copy.sha256) == 32
        evaluation = db.session.execute(select(StoredEvaluation)).scalar_one()
        assert evaluation.content["outcome"] == "met"
        assert evaluation.content["is_example"] is True
        consents = db.session.execute(select(ConsentRecord)).scalars().all()
        assert {one.purpose for one in consents} == set(CARD_PURPOSES)
        assert {one.notice_version for one in consents} == {PRIVACY_NOTICE_VERSION}
        told = set(db.session.execute(select(Notice.kind)).scalars())
        assert {"application_filed", "endorsement_asked"} <= told


def test_a_double_click_makes_one_case(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    page = applicant.get(step_path(case, "check"))
    values = CONSENTS | {"version": hidden(page, "version"), "form_id": secrets.token_urlsafe(16)}
    first = applicant.client.post(step_path(case, "check"), data=values)
    second = applicant.client.post(step_path(case, "check"), data=values)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert count(app, Endorsement) == 1
    assert count(app, ApplicationCopy) == 1


def test_sending_again_from_an_old_page_is_refused(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    assert send(applicant, case).status_code == 303
    again = applicant.post(step_path(case, "check"), version="1", **CONSENTS)
    assert again.status_code == 409
    assert count(app, Endorsement) == 1


@pytest.mark.parametrize("left_out", sorted(CONSENTS))
def test_each_needed_consent_is_needed(
    app: Flask, case: world.MadeCase, applicant: Browser, left_out: str
) -> None:
    response = send(applicant, case, **{left_out: ""})
    assert response.status_code == 422
    assert NEEDED[left_out] in response.text
    assert sum(sentence in response.text for sentence in NEEDED.values()) == 1
    kept = sorted(set(CONSENTS) - {left_out})[0]
    assert is_ticked(response.text, kept)
    assert not is_ticked(response.text, left_out)
    assert state_of(app, case) is ApplicationState.DRAFT
    assert count(app, ConsentRecord) == 0


def test_an_answer_changed_elsewhere_is_looked_at_first(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    page = applicant.get(step_path(case, "check"))
    phone = Browser(app, case.applicant)
    answers = typed(world.answers_for(case.company)["education"])
    phone.post(step_path(case, "education"), version="99", **answers | {"school_name": "别处大学"})
    response = applicant.post(step_path(case, "check"), version=hidden(page, "version"), **CONSENTS)
    assert response.status_code == 409
    assert "别处大学" in response.text
    assert state_of(app, case) is ApplicationState.DRAFT
    again = applicant.post(
        step_path(case, "check"), version=hidden(response.text, "version"), **CONSENTS
    )
    assert again.status_code == 303


def test_what_is_missing_is_listed_and_nothing_is_filed(app: Flask) -> None:
    case = world.make_draft(app)
    applicant = Browser(app, case.applicant)
    page = applicant.get(step_path(case, "check"))
    assert "things are still open" in page
    assert "Send the application" not in page
    response = applicant.post(step_path(case, "check"), version="1", **CONSENTS)
    assert response.status_code == 422
    assert "Not filled in yet" in response.text
    assert state_of(app, case) is ApplicationState.DRAFT
    assert count(app, Person) == 1  # the company's agent


def test_garbage_that_autosave_kept_is_never_filed(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    page = applicant.get(step_path(case, "education"))
    applicant.client.post(
        step_path(case, "education") + "/draft",
        data={
            **typed(world.answers_for(case.company)["education"]),
            "graduated_on": "im Sommer",
            "version": hidden(page, "version"),
            "form_id": secrets.token_urlsafe(16),
        },
    )
    response = send_anyway(applicant, case)
    assert response.status_code == 422
    assert "not a day of the calendar" in response.text
    assert state_of(app, case) is ApplicationState.DRAFT


def send_anyway(applicant: Browser, case: world.MadeCase):
    return applicant.post(step_path(case, "check"), **CONSENTS)


def test_an_employer_that_is_no_longer_verified_cannot_be_asked(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    with app.app_context(), unit_of_work():
        world.employer_row(case.company).state = EmployerState.PENDING
    response = send_anyway(applicant, case)
    assert response.status_code == 422
    assert "not verified" in response.text


def test_a_number_of_somebody_else_is_not_taken_over(app: Flask) -> None:
    filed = world.make_filed_case(app)
    with app.app_context():
        copy = world.newest_copy(filed.application_id)
        number = re.search(r'"document_number":"(\w+)"', copy.content_json)
    assert number
    case = world.make_draft(app)
    answers = world.answers_for(case.company, identity={"document_number": number[1]})
    world.fill_in(app, case, answers)
    world.add_papers(app, case)
    response = send(Browser(app, case.applicant), case)
    assert response.status_code == 422
    assert "We cannot take this number online" in response.text
    assert state_of(app, case) is ApplicationState.DRAFT
    with app.app_context():
        account = db.session.get(world.Account, case.applicant.account_id)
        assert account.person_id is None


def test_nobody_has_two_open_cases(app: Flask) -> None:
    filed = world.make_filed_case(app)
    applicant = Browser(app, filed.applicant)
    assert "Begin another application" not in applicant.get("/applications")
    response = applicant.post("/applications/start")
    assert response.location == f"/applications/{filed.application_id}"
    assert count(app, Application) == 1


def test_a_second_case_made_behind_the_pages_ends_at_the_constraint(app: Flask) -> None:
    filed = world.make_filed_case(app)
    second = world.make_draft(app, filed.applicant)
    with app.app_context():
        copy = world.newest_copy(filed.application_id)
        number = re.search(r'"document_number":"(\w+)"', copy.content_json)
    assert number
    answers = world.answers_for(second.company, identity={"document_number": number[1]})
    world.fill_in(app, second, answers)
    world.add_papers(app, second)
    response = send(Browser(app, filed.applicant), second)
    assert response.status_code == 422
    assert "You have an open application already" in response.text
    assert state_of(app, second) is ApplicationState.DRAFT


def test_newer_rules_are_shown_before_they_judge(
    app: Flask, case: world.MadeCase, applicant: Browser, owner_connection
) -> None:
    stricter = world.RULES | {"code": "stricter-example", "version": 1}
    try:
        with app.app_context(), unit_of_work():
            store_rule_set(stricter, is_active=True, actor=SYSTEM, at=now())
        response = send(applicant, case)
        assert response.status_code == 422
        assert "New rules have come into force" in response.text
        assert send(applicant, case).status_code == 303
    finally:
        # Rule sets outlive a test, so the first version is put back in force.
        owner_connection.execute("UPDATE rule_set SET status = 'retired'")
        owner_connection.execute("UPDATE rule_set SET status = 'active' WHERE code = 'demo-2026'")


def test_age_is_measured_on_the_day_of_filing_and_shown_before(app: Flask) -> None:
    case = world.make_draft(app)
    old = world.free_number(date.today() - timedelta(days=366 * 40))  # noqa: DTZ011 - years, not hours
    world.fill_in(app, case, world.answers_for(case.company, identity={"document_number": old}))
    page = Browser(app, case.applicant).get(step_path(case, "check"))
    assert "40 years old" in page
    assert "A person decides" in page
