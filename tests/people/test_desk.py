"""The desk's pages of persons: masked by default, opened by a recorded click, for those who may."""

import re

import pytest
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.audit.models import AccessLog
from talentsvc.audit.terms import LookKind
from talentsvc.extensions.database import db
from talentsvc.people import queries
from talentsvc.people.models import Kinship
from tests.people.world import officer, resident, sent, sign_in, someone, statements

NUMBER, PHONE = resident(7), "13812345678"


@pytest.fixture
def subject(app):
    return someone(app, "欧阳雪", document_number=NUMBER, phone=PHONE)


@pytest.fixture
def clerk(app, client):
    who = officer(app)
    sign_in(app, client, who)
    return who


def looks(app) -> list[tuple[LookKind, str, str]]:
    with app.app_context():
        rows = db.session.execute(select(AccessLog).order_by(AccessLog.at)).scalars()
        return [(row.kind, row.detail, row.acting_as) for row in rows]


def test_the_list_and_the_page_show_masked_numbers_only(app, client, subject, clerk):
    listed = client.get("/desk/people/?q=欧阳").get_data(as_text=True)
    page = client.get(f"/desk/people/{subject.person_id}").get_data(as_text=True)
    for shown in (listed, page):
        assert "欧阳雪" in shown
        assert NUMBER not in shown
        assert NUMBER[:3] + "*" * 13 + NUMBER[-2:] in shown
    assert PHONE not in page
    assert "138****5678" in page
    assert "1990-03-07" not in page, "the birth date would give half of the number away"


def test_opening_the_page_is_written_down(app, client, subject, clerk):
    client.get(f"/desk/people/{subject.person_id}")
    assert looks(app) == [(LookKind.RECORD, "person", "clerk")]


@pytest.mark.parametrize(
    ("value", "clear", "detail"),
    [("document", NUMBER, "document_number:resident_id"), ("phone", PHONE, "phone")],
)
def test_a_click_opens_a_number_and_is_written_down_first(
    app, client, subject, clerk, value, clear, detail
):
    answer = client.post(f"/desk/people/{subject.person_id}/reveal/{value}", data=sent())
    assert answer.status_code == 200
    assert clear in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert looks(app) == [(LookKind.REVEAL, detail, "clerk")]


def test_a_second_click_leads_back_to_the_page_and_opens_nothing(app, client, subject, clerk):
    form = sent()
    client.post(f"/desk/people/{subject.person_id}/reveal/phone", data=form)
    again = client.post(f"/desk/people/{subject.person_id}/reveal/phone", data=form)
    assert again.status_code == 303
    assert again.location == f"/desk/people/{subject.person_id}"
    assert len(looks(app)) == 1


def test_nothing_is_opened_when_the_look_cannot_be_written(
    app, client, subject, clerk, monkeypatch
):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the log is away")

    monkeypatch.setattr("talentsvc.people.desk.note_look", fail)
    answer = client.post(f"/desk/people/{subject.person_id}/reveal/document", data=sent())
    assert answer.status_code == 500
    assert NUMBER not in answer.get_data(as_text=True)


def test_an_old_document_opens_only_under_its_own_person(app, client, subject, clerk):
    other = someone(app, "赵磊")
    with app.app_context():
        document_id = queries.documents_of(subject.person_id)[0].id
    assert (
        client.post(
            f"/desk/people/{other.person_id}/documents/{document_id}/reveal", data=sent()
        ).status_code
        == 404
    )
    assert (
        client.post(
            f"/desk/people/{subject.person_id}/documents/{document_id}/reveal", data=sent()
        ).status_code
        == 200
    )
    assert len(looks(app)) == 1


def test_no_number_is_ever_opened_by_a_get(app, client, subject, clerk):
    for path in ("document", "phone"):
        assert client.get(f"/desk/people/{subject.person_id}/reveal/{path}").status_code == 405


@pytest.mark.parametrize(
    ("role", "page", "reveal"),
    [
        (Role.REVIEWER, 200, 200),
        (Role.RECOGNISER, 200, 403),
        (Role.AUDIT_ADMIN, 403, 403),
        (Role.SYSTEM_ADMIN, 403, 403),
    ],
)
def test_who_may_see_and_who_may_open(app, client, subject, role, page, reveal):
    sign_in(app, client, officer(app, role))
    assert client.get(f"/desk/people/{subject.person_id}").status_code == page
    assert (
        client.post(f"/desk/people/{subject.person_id}/reveal/document", data=sent()).status_code
        == reveal
    )


def test_an_applicant_and_a_stranger_see_nothing(app, client, subject):
    assert client.get(f"/desk/people/{subject.person_id}").status_code == 303
    sign_in(app, client, subject)
    assert client.get(f"/desk/people/{subject.person_id}").status_code == 403
    assert looks(app) == []


def test_the_audit_administrator_sees_who_looked_and_nothing_of_the_person(
    app, client, subject, clerk
):
    client.get(f"/desk/people/{subject.person_id}")
    sign_in(app, client, officer(app, Role.AUDIT_ADMIN, "审计员"))
    page = client.get(f"/desk/people/{subject.person_id}/looks").get_data(as_text=True)
    assert "陈窗口" in page
    assert "欧阳雪" not in page


def test_an_officer_declares_kin_and_nobody_else_can_for_him(app, client, subject, clerk):
    url = f"/desk/people/{subject.person_id}/kin"
    assert client.post(url, data=sent(relation="")).status_code == 422
    assert client.post(url, data=sent(relation="sibling")).status_code == 303
    with app.app_context():
        kin = db.session.execute(select(Kinship)).scalar_one()
        assert (kin.person_id, kin.kin_id) == (clerk.person_id, subject.person_id)
    own = client.post(f"/desk/people/{clerk.person_id}/kin", data=sent(relation="sibling"))
    assert own.status_code == 422


def test_a_missing_person_is_not_found(app, client, subject, clerk):
    assert client.get(f"/desk/people/{clerk.account_id}").status_code == 404


def test_a_broken_cursor_is_refused_politely(app, client, subject, clerk):
    assert client.get("/desk/people/?cursor=nonsense").status_code == 422


def test_pages_cost_a_fixed_number_of_statements(app, client, subject, clerk):
    for number in range(30):
        someone(app, f"欧阳雪{'一二三四五六七八九十'[number % 10]}")
    with statements(app) as listed:
        client.get("/desk/people/?q=欧阳")
    with statements(app) as page:
        client.get(f"/desk/people/{subject.person_id}")
    # Who is signed in: sign-in with account and roles, employers. Then one for the list.
    assert len(listed) == 3, listed
    # The same two, the person, the note that somebody looked, documents, kin, consents, looks.
    assert len(page) == 8, page
    assert re.search("INSERT INTO access_log", " ".join(page))
