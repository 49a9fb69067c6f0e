"""A verified company's data are corrected by its agent and count once somebody else has checked them."""

import io
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from talentsvc.audit.models import AuditEntry
from talentsvc.employers.models import Employer, EmployerChange
from talentsvc.employers.terms import ChangeState, Industry
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskState
from tests.cards.apply.pages import Browser, hidden
from tests.employers.world import company, scan_all
from tests.files.samples import pdf
from tests.people.world import Someone, officer, someone

NEW_NAME = "石家庄高新示例生物医药集团有限公司"
OLD_NAME = "石家庄高新示例生物医药有限公司"


@pytest.fixture
def agent(app: Flask) -> Someone:
    return someone(app, "周经办")


@pytest.fixture
def employer_id(app: Flask, agent: Someone) -> UUID:
    return company(app, agent)


def form(page: str, **changed: object) -> dict[str, object]:
    return {
        "version": hidden(page, "version"),
        "name": NEW_NAME,
        "employer_type": "company",
        "level": "zone",
        "industry": "electronics",
        "park": "biomedicine_park",
        "is_registered_in_zone": "y",
        "is_taxed_in_zone": "y",
        "licence": (io.BytesIO(pdf()), "licence.pdf"),
        **changed,
    }


def ask(app: Flask, agent: Someone, employer_id: UUID) -> Browser:
    browser = Browser(app, agent)
    path = f"/employers/{employer_id}/change"
    sent = browser.post(path, **form(browser.get(path)))
    assert sent.status_code == 303, sent.text
    scan_all(app)
    return browser


def change_row() -> EmployerChange:
    return db.session.execute(select(EmployerChange)).scalar_one()


def kinds(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.execute(select(Notice.kind)).scalars())


def test_the_old_data_stay_until_a_clerk_has_compared_the_new_licence(
    app: Flask, agent: Someone, employer_id: UUID
) -> None:
    browser = ask(app, agent, employer_id)
    shown = browser.get(f"/employers/{employer_id}")
    assert "A correction waits to be checked" in shown
    assert NEW_NAME in shown
    assert f"<h1>{OLD_NAME}</h1>" in shown
    with app.app_context():
        employer = db.session.get_one(Employer, employer_id)
        assert (employer.name, employer.industry) == (OLD_NAME, Industry.BIOMEDICINE)
        change_id, licence_id = change_row().id, change_row().licence_file_id
        task = db.session.execute(select(Task).where(Task.state == TaskState.OPEN)).scalar_one()
        assert task.subject_id == employer_id
    clerk = Browser(app, officer(app))
    desk = f"/desk/employers/{employer_id}"
    page = clerk.get(desk)
    assert "A correction to check" in page
    assert clerk.client.get(f"{desk}/changes/{change_id}/licence").status_code == 200
    done = clerk.post(f"{desk}/changes/{change_id}/accept", version=hidden(page, "version"))
    assert done.status_code == 303, done.text
    with app.app_context():
        employer = db.session.get_one(Employer, employer_id)
        assert (employer.name, employer.industry) == (NEW_NAME, Industry.ELECTRONICS)
        assert employer.licence_file_id == licence_id
        assert "集团" in employer.name_tokens
        assert change_row().former["name"] == OLD_NAME
        entry = db.session.execute(
            select(AuditEntry).where(AuditEntry.action == "accept_change")
        ).scalar_one()
        assert entry.change["before"]["name"] == OLD_NAME
        assert entry.change["after"]["name"] == NEW_NAME
        states = db.session.execute(select(Task.state)).scalars()
        assert set(states) == {TaskState.SETTLED}
    assert "employer_changed" in kinds(app)
    assert clerk.post(f"{desk}/changes/{change_id}/accept", version="99").status_code == 409


def test_refused_with_a_reason_the_old_data_stay_and_another_can_be_sent(
    app: Flask, agent: Someone, employer_id: UUID
) -> None:
    browser = ask(app, agent, employer_id)
    assert browser.client.get(f"/employers/{employer_id}/change").status_code == 409
    clerk = Browser(app, officer(app))
    with app.app_context():
        path = f"/desk/employers/{employer_id}/changes/{change_row().id}/refuse"
    page = clerk.get(path)
    assert clerk.post(path, version=hidden(page, "version"), reason="").status_code == 422
    reason = "新执照照片看不清，请重新上传。"
    assert clerk.post(path, version=hidden(page, "version"), reason=reason).status_code == 303
    with app.app_context():
        assert change_row().state is ChangeState.REFUSED
        assert db.session.get_one(Employer, employer_id).name == OLD_NAME
    assert reason in browser.get(f"/employers/{employer_id}")
    assert "employer_change_refused" in kinds(app)
    again = browser.get(f"/employers/{employer_id}/change")
    sent = browser.post(f"/employers/{employer_id}/change", **form(again))
    assert sent.status_code == 303


def test_it_needs_a_new_licence_and_something_that_differs(
    app: Flask, agent: Someone, employer_id: UUID
) -> None:
    browser = Browser(app, agent)
    path = f"/employers/{employer_id}/change"
    page = browser.get(path)
    bare = browser.post(path, **{**form(page), "licence": (io.BytesIO(b""), "")})
    assert bare.status_code == 422
    assert "Upload the new business licence." in bare.text
    assert NEW_NAME in bare.text
    same = browser.post(path, **form(page, name=OLD_NAME, industry="biomedicine"))
    assert same.status_code == 422
    assert "Nothing differs from what is on file." in same.text
    with app.app_context():
        assert db.session.execute(select(EmployerChange.id)).first() is None


def test_it_is_nobody_elses_company(app: Flask, agent: Someone, employer_id: UUID) -> None:
    path = f"/employers/{employer_id}/change"
    other = someone(app, "吴经办")
    company(app, other)
    assert Browser(app, other).client.get(path).status_code == 404
    assert Browser(app, someone(app, "路人")).client.get(path).status_code == 404
    ask(app, agent, employer_id)
    with app.app_context():
        change_id = change_row().id
    assert Browser(app, other).client.get(f"/employers/{employer_id}").status_code == 404
    clerk = Browser(app, officer(app))
    elsewhere = company(app)
    foreign = clerk.client.get(f"/desk/employers/{elsewhere}/changes/{change_id}/licence")
    assert foreign.status_code == 404
