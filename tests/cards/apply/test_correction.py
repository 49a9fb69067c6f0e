"""A one-time notice is answered as a whole, in time, and touches nothing it does not list."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.cards.correcting import item_rows, last_notice
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.models import ApplicationCopy
from talentsvc.cards.terms import ApplicationState, CopyPurpose, CorrectionItemKind
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.people.models import Person
from tests.cards import world
from tests.cards.apply.pages import Browser, hidden, step_path, typed
from tests.files.samples import pdf


@pytest.fixture
def case(app: Flask) -> world.MadeCase:
    return world.make_case_to_correct(app)


@pytest.fixture
def applicant(app: Flask, case: world.MadeCase) -> Browser:
    return Browser(app, case.applicant)


def mend_education(app: Flask, applicant: Browser, case: world.MadeCase, school: str) -> None:
    page = applicant.get(step_path(case, "education"))
    with app.app_context():
        answers = typed(filed_answers(case.application_id)["education"])
    response = applicant.post(
        step_path(case, "education"),
        version=hidden(page, "version"),
        **answers | {"school_name": school},
    )
    assert response.status_code == 303, response.text
    assert response.location == step_path(case, "correction")


def hand_in(applicant: Browser, case: world.MadeCase):
    page = applicant.get(step_path(case, "correction"))
    return applicant.post(step_path(case, "correction"), version=hidden(page, "version"))


def test_everything_is_mended_and_handed_in(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    assert "2 items are left" in applicant.get(step_path(case, "correction"))
    mend_education(app, applicant, case, "更正后的大学")
    response = applicant.upload(step_path(case, "evidence/diploma"), "清晰.pdf", pdf())
    assert response.status_code == 303
    response = hand_in(applicant, case)
    assert response.status_code == 303, response.text
    assert "Your correction was received" in applicant.get(response.location)
    with app.app_context():
        application = world.application_of(case)
        assert application.state is ApplicationState.RESUBMITTED
        notice = last_notice(case.application_id)
        assert notice.answered_at is not None
        assert all(item.is_answered for item in item_rows(notice))
        copies = db.session.execute(
            select(ApplicationCopy.purpose).order_by(ApplicationCopy.number)
        ).scalars()
        assert list(copies) == [CopyPurpose.FILED, CopyPurpose.CORRECTED]
        assert filed_answers(case.application_id)["education"]["school_name"] == "更正后的大学"


def test_half_a_correction_is_not_handed_in(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    mend_education(app, applicant, case, "更正后的大学")
    response = hand_in(applicant, case)
    assert response.status_code == 422
    assert "Not dealt with yet: Diploma and degree certificate" in response.text
    assert "Not dealt with yet: Education" not in response.text
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.CORRECTION_REQUESTED
        assert filed_answers(case.application_id)["education"]["school_name"] == "示例大学"


def test_saving_the_same_answer_mends_nothing(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    mend_education(app, applicant, case, "示例大学")
    assert "2 items are left" in applicant.get(step_path(case, "correction"))


@pytest.mark.parametrize("step", ["category", "identity", "work"])
def test_a_step_that_is_not_listed_stays_as_it_was(
    app: Flask, case: world.MadeCase, applicant: Browser, step: str
) -> None:
    assert "does not list this step" in applicant.get(step_path(case, step))
    answers = typed(world.answers_for(case.company)[step])
    for path in (step_path(case, step), step_path(case, step) + "/draft"):
        assert applicant.post(path, version="99", **answers).status_code == 409
    with app.app_context():
        copy = world.newest_copy(case.application_id)
        assert copy.number == 1


def test_a_paper_that_is_not_listed_stays_as_it_was(
    case: world.MadeCase, applicant: Browser
) -> None:
    assert applicant.upload(step_path(case, "evidence/contract"), "a.pdf", pdf()).status_code == 409


def test_the_page_hides_nothing_that_was_filed(case: world.MadeCase, applicant: Browser) -> None:
    page = applicant.get(step_path(case, "evidence"))
    assert "Papers that stay as they are" in page
    assert "contract.pdf" in page


def test_the_employer_cannot_be_changed_by_a_correction(app: Flask) -> None:
    case = world.make_case_to_correct(
        app, items=((CorrectionItemKind.ANSWER, "work", "合同起始日期与合同不符"),)
    )
    other = world.make_verified_employer(app, "石家庄另一家有限公司", "吴经办")
    applicant = Browser(app, case.applicant)
    page = applicant.get(step_path(case, "work"))
    assert "the employer stays the same" in page
    assert "employer_query" not in page
    answers = typed(world.answers_for(other)["work"])
    response = applicant.post(step_path(case, "work"), version=hidden(page, "version"), **answers)
    assert response.status_code == 422
    answers = typed(world.answers_for(case.company)["work"]) | {"contract_start_on": "2024-02-26"}
    response = applicant.post(step_path(case, "work"), version=hidden(page, "version"), **answers)
    assert response.status_code == 303
    assert hand_in(applicant, case).status_code == 303


def test_a_corrected_name_reaches_the_person_but_only_when_handed_in(app: Flask) -> None:
    case = world.make_case_to_correct(
        app, items=((CorrectionItemKind.ANSWER, "identity", "姓名与证件不一致"),)
    )
    applicant = Browser(app, case.applicant)
    page = applicant.get(step_path(case, "identity"))
    with app.app_context():
        answers = filed_answers(case.application_id)["identity"]
    applicant.post(
        step_path(case, "identity"),
        version=hidden(page, "version"),
        **answers | {"name": "欧阳龑"},
    )
    with app.app_context():
        assert db.session.get(Person, case.applicant.person_id).name == "欧阳䶮"
    assert hand_in(applicant, case).status_code == 303
    with app.app_context():
        assert db.session.get(Person, case.applicant.person_id).name == "欧阳龑"
        assert world.application_of(case).person_id == case.applicant.person_id


def test_too_late_is_told_with_what_can_be_done(app: Flask) -> None:
    case = world.make_case_to_correct(app, at=now() - timedelta(days=40))
    applicant = Browser(app, case.applicant)
    # Nothing has run since, and still the page knows.
    page = applicant.get(f"/applications/{case.application_id}")
    assert "Lapsed" in page
    assert "Correct now" not in page
    response = applicant.post(step_path(case, "correction"), version="1")
    assert response.status_code == 409
    assert "has lapsed" in response.text
    assert "Begin a new application" in response.text
    with app.app_context():
        assert world.application_of(case).state is ApplicationState.LAPSED
    assert applicant.upload(step_path(case, "evidence/diploma"), "a.pdf", pdf()).status_code == 409
    assert applicant.post("/applications/start").location.endswith("/category")


def test_an_old_page_hands_nothing_in_twice(
    app: Flask, case: world.MadeCase, applicant: Browser
) -> None:
    mend_education(app, applicant, case, "更正后的大学")
    applicant.upload(step_path(case, "evidence/diploma"), "清晰.pdf", pdf())
    page = applicant.get(step_path(case, "correction"))
    assert hand_in(applicant, case).status_code == 303
    again = applicant.post(step_path(case, "correction"), version=hidden(page, "version"))
    assert again.status_code == 409
    assert "The case has moved on" in again.text
