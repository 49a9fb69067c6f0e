"""Registering a company: what is kept on a mistake, what stays hidden, papers and mending."""

import re

import pytest
from sqlalchemy import select

from talentsvc.audit.models import AccessLog
from talentsvc.employers.models import Employer
from talentsvc.employers.terms import EmployerState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from tests.employers.pages import hidden, paper, registration, rows
from tests.employers.world import code, company, in_days, scan_all
from tests.people.world import sent, sign_in, someone


@pytest.fixture
def registrant(app, client):
    who = someone(app, "陈经办")
    sign_in(app, client, who)
    return who


def test_who_has_no_person_yet_is_asked_once_and_comes_back(app, client):
    sign_in(app, client, someone(app, has_person=False))
    assert client.get("/employers/").status_code == 200
    for page in ("register", "join"):
        assert client.get(f"/employers/{page}").location == f"/employers/identity?next={page}"
    assert client.get("/employers/identity").status_code == 200
    assert client.post("/employers/register", data=registration()).status_code == 303
    assert rows(app, Employer) == 0


def test_a_wrong_destination_after_the_identity_leads_home(app, client, registrant):
    assert client.get("/employers/identity?next=https://evil.example").location == "/employers/"


def test_a_registration_is_received_and_shown_with_what_is_next(app, client, registrant):
    answer = client.post("/employers/register", data=registration())
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert "石家庄示例生物有限公司" in page
    with app.app_context():
        employer = db.session.execute(select(Employer)).scalar_one()
        assert employer.state is EmployerState.PENDING
        assert employer.licence_file_id is not None
        assert (employer.is_registered_in_zone, employer.is_taxed_in_zone) == (True, True)
    assert "石家庄示例生物有限公司" in client.get("/employers/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"credit_code": "91139901M00005X"}, "credit_code"),
        ({"credit_code": code(501)[:-1] + "Z"}, "credit_code"),
        ({"credit_code": "B1" + code(501)[2:]}, "credit_code"),
        ({"credit_code": code(501)[:2] + "A" + code(501)[3:]}, "credit_code"),
        (
            {
                "credit_code": code(501)[:15]
                + ("1" if code(501)[15] != "1" else "2")
                + code(501)[16:]
            },
            "credit_code",
        ),
        ({"credit_code": code(501)[:-1] + ("0" if code(501)[-1] != "0" else "1")}, "credit_code"),
        ({"name": "  "}, "name"),
        ({"employer_type": ""}, "employer_type"),
        ({"industry": None}, "industry"),
        ({"park": "moon"}, "park"),
        ({"authorised_until": "2020-01-01"}, "authorised_until"),
        ({"authorised_until": in_days(3000).isoformat()}, "authorised_until"),
        ({"licence": None}, "licence"),
        ({"letter": paper(b"MZ executable", "letter.pdf")}, "letter"),
        ({"letter": paper(b"", "letter.pdf")}, "letter"),
    ],
)
def test_a_wrong_value_keeps_everything_and_registers_nothing(
    app, client, registrant, wrong, field
):
    answer = client.post("/employers/register", data=registration(**wrong))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{field}(-0)?">', page), "the summary leads to the field"
    assert rows(app, Employer) == 0
    assert "陈经办" in page
    if "name" not in wrong:
        assert "石家庄示例生物有限公司" in page


def test_uploaded_papers_survive_a_mistake_and_need_no_second_upload(app, client, registrant):
    first = client.post("/employers/register", data=registration(credit_code="1")).get_data(
        as_text=True
    )
    assert "执照.pdf" in first
    assert "授权书.jpg" in first
    kept = {name: hidden(first, name) for name in ("licence_kept", "letter_kept")}
    answer = client.post(
        "/employers/register", data=registration(licence=None, letter=None, **kept)
    )
    assert answer.status_code == 303
    assert rows(app, StoredFile) == 2


def test_a_note_of_papers_is_good_for_its_account_and_purpose_only(app, client, registrant):
    page = client.post("/employers/register", data=registration(credit_code="1")).get_data(
        as_text=True
    )
    licence, letter = hidden(page, "licence_kept"), hidden(page, "letter_kept")
    swapped = registration(licence=None, letter=None, licence_kept=letter, letter_kept=licence)
    assert client.post("/employers/register", data=swapped).status_code == 422
    sign_in(app, client, someone(app, "赵别人"))
    stolen = registration(licence=None, letter=None, licence_kept=licence, letter_kept=letter)
    assert client.post("/employers/register", data=stolen).status_code == 422
    forged = registration(licence=None, letter=None, licence_kept="x.y", letter_kept="")
    assert client.post("/employers/register", data=forged).status_code == 422
    assert rows(app, Employer) == 0


def test_a_double_click_registers_once(app, client, registrant):
    form_id = sent()["form_id"]
    first = client.post("/employers/register", data=registration(form_id=form_id))
    second = client.post("/employers/register", data=registration(form_id=form_id))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert rows(app, Employer) == 1


def test_a_code_that_is_registered_tells_nothing_of_its_company(app, client, registrant):
    company(app, someone(app, "林秘密"), credit_code=code(501), name="石家庄保密有限公司")
    page = client.post("/employers/register", data=registration()).get_data(as_text=True)
    assert "石家庄保密" not in page
    assert "林秘密" not in page
    assert "/employers/join" in page
    assert rows(app, Employer) == 1


def test_a_race_for_one_code_ends_at_the_constraint_with_the_same_sentence(
    app, client, registrant, monkeypatch
):
    company(app, credit_code=code(501))
    sentence = client.post("/employers/register", data=registration()).get_data(as_text=True)
    monkeypatch.setattr(
        "talentsvc.employers.actions.create_employer.refuse_known_code", lambda _code: None
    )
    answer = client.post("/employers/register", data=registration())
    assert answer.status_code == 422
    said = re.search(r'<a href="#credit_code">([^<]+)', sentence)
    assert said
    assert said[1] in answer.get_data(as_text=True)
    assert "执照.pdf" in answer.get_data(as_text=True), (
        "the papers were stored again with the second try"
    )


def test_a_paper_is_given_out_only_after_the_scan_and_each_look_is_written_down(
    app, client, registrant
):
    location = client.post("/employers/register", data=registration()).location
    assert client.get(f"{location}/licence").status_code == 409
    scan_all(app)
    answer = client.get(f"{location}/licence")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{location}/licence?show=page-1").mimetype == "image/png"
    assert client.get(f"{location}/licence?show=page-9").status_code == 404
    with app.app_context():
        details = db.session.execute(select(AccessLog.detail)).scalars().all()
    assert len(details) == 4
    assert all(detail.startswith("licence:") for detail in details)


def test_a_refused_registration_shows_the_reason_and_is_mended(app, client, registrant):
    location = client.post("/employers/register", data=registration()).location
    with app.app_context(), unit_of_work():
        employer = db.session.execute(select(Employer)).scalar_one()
        employer.state, employer.refusal_reason = EmployerState.REFUSED, "执照照片看不清"
    for page in ("/employers/", location, f"{location}/mend"):
        assert "执照照片看不清" in client.get(page).get_data(as_text=True)
    form = client.get(f"{location}/mend").get_data(as_text=True)
    values = registration(
        name="石家庄改名有限公司", letter=None, licence=None, version=hidden(form, "version")
    )
    assert client.post(f"{location}/mend", data={**values, "name": ""}).status_code == 422
    values["form_id"] = sent()["form_id"]
    stale = client.post(
        f"{location}/mend", data={**values, "version": "1", "form_id": sent()["form_id"]}
    )
    assert stale.status_code == 409
    assert client.post(f"{location}/mend", data=values).status_code == 303
    with app.app_context():
        employer = db.session.execute(select(Employer)).scalar_one()
        assert (employer.name, employer.state) == ("石家庄改名有限公司", EmployerState.PENDING)


def test_a_verified_company_is_not_mended_here(app, client):
    agent = someone(app, "经办")
    employer_id = company(app, agent)
    sign_in(app, client, agent)
    assert client.get(f"/employers/{employer_id}/mend").status_code == 409


def test_pages_stand_in_both_languages(app, client, registrant):
    location = client.post("/employers/register", data=registration()).location
    client.set_cookie("language", "en")
    for path in (
        "/employers/",
        "/employers/register",
        "/employers/join",
        location,
        f"{location}/mend",
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert 'lang="en"' in page.get_data(as_text=True)
