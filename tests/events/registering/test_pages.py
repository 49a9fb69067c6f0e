"""A company registers for several campuses on its pages; the desk audits; bad paths say what is wrong."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.core.clock import now
from talentsvc.events.models import FairRegistration, FairSession
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.extensions.database import db
from tests.events.registering.world import Exhibitor, audit, open_fair, row
from tests.people.world import officer, sent, sign_in, statements

_S = RegistrationState


@pytest.fixture
def sessions(app):
    return open_fair(app, places=1, sessions=3)


@pytest.fixture
def who(app, client):
    found = Exhibitor(app)
    sign_in(app, client, found.agent)
    return found


@pytest.fixture
def desk(app):
    return sign_in(app, app.test_client(), officer(app, Role.EVENTS_OFFICER, "林汐"))


def event_of(app, session_id):
    with app.app_context():
        return db.session.get_one(FairSession, session_id).event_id


def hidden(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def registration_form(page, **changed):
    return sent(
        **{
            "version": hidden(page, "version"),
            "about": "从事生物医药研发。",
            "contact_name": "陈经办",
            "contact_phone": "13812345678",
            "booth_size_m2": "9",
            "booth_power_w": "500",
            "positions-0-title": "研发工程师",
            "positions-0-headcount": "3",
            "positions-0-education_level": "master",
            "positions-1-title": "",
            "positions-1-education_level": "bachelor",
            **changed,
        }
    )


def begin(app, client, who, sessions):
    path = f"/employers/{who.employer_id}/registrations/for/{event_of(app, sessions[0])}"
    assert client.get(path).status_code == 200
    answer = client.post(path, data=sent(sessions=[str(one) for one in sessions]))
    assert answer.status_code == 303
    return answer.location


def approve_on_its_page(desk, link):
    """The officer finds nothing wrong."""
    sheet = desk.get(link).get_data(as_text=True)
    found = {"findings-0-passed": "y", "findings-0-reason": ""}
    form = sent(version=hidden(sheet, "version"), step="approve", **found)
    assert desk.post(f"{link}/audit", data=form).status_code == 303


def test_three_campuses_by_one_form_returned_corrected_approved_confirmed(
    app, client, who, sessions, desk
):
    path = begin(app, client, who, sessions)
    page = client.get(path).get_data(as_text=True)
    assert "另有 2 份草稿" in page
    flagged = {"positions-0-requirements": "限985高校，限男性"}
    filed = client.post(
        path, data=registration_form(page, same_for_all="y", step="file", **flagged)
    )
    assert filed.status_code == 303
    with app.app_context():
        rows = db.session.execute(select(FairRegistration).order_by(FairRegistration.id)).scalars()
        assert [(one.state, one.place) for one in rows] == [(_S.SUBMITTED, PlaceState.HELD)] * 3
    board = desk.get(f"/desk/events/sessions/{sessions[0]}/registrations").get_data(as_text=True)
    link = re.search(r"/desk/events/registrations/[0-9a-f-]+", board)[0]
    sheet = desk.get(link).get_data(as_text=True)
    assert "限男性" in sheet
    assert "就业促进法第二十七条" in sheet
    audited = {"version": hidden(sheet, "version"), "findings-0-reason": ""}
    bare = desk.post(
        f"{link}/audit", data=sent(**audited, **{"findings-0-passed": "y"}, step="approve")
    )
    assert bare.status_code == 422
    assert "须写明理由" in bare.get_data(as_text=True)
    back = desk.post(
        f"{link}/audit", data=sent(**audited, reason="请删除院校和性别限制。", step="return")
    )
    assert back.status_code == 303
    page = client.get(path).get_data(as_text=True)
    assert "请删除院校和性别限制。" in page
    again = client.post(path, data=registration_form(page, step="file"))
    assert again.status_code == 303
    approve_on_its_page(desk, link)
    page = client.get(path).get_data(as_text=True)
    assert "前确认参会" in page
    coming = sent(version=hidden(page, "version"), attendees="陈经办, 13812345678\n李招聘")
    assert client.post(f"{path}/confirm", data=coming).status_code == 303
    assert "李招聘" in client.get(path).get_data(as_text=True)
    twice = client.post(f"{path}/confirm", data=coming)
    assert (twice.status_code, twice.location) == (303, path)
    assert "本单位的招聘活动" in client.get(f"/employers/{who.employer_id}/registrations").get_data(
        as_text=True
    )


def test_what_is_wrong_is_said_and_everything_typed_is_kept(app, client, who, sessions):
    path = begin(app, client, who, sessions[:1])
    page = client.get(path).get_data(as_text=True)
    answer = client.post(
        path, data=registration_form(page, contact_phone="0311-12345", step="file")
    )
    assert answer.status_code == 422
    body = answer.get_data(as_text=True)
    assert "不是有效的大陆手机号" in body
    assert "研发工程师" in body
    empty = registration_form(page, step="file", **{"positions-0-title": ""})
    answer = client.post(path, data=empty)
    assert answer.status_code == 422
    assert "请至少填写一个岗位" in answer.get_data(as_text=True)
    assert "从事生物医药研发。" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.execute(select(FairRegistration.state)).scalars().all() == [_S.DRAFT]
    # What could be kept was kept, so the page that came back is the newest.
    page = answer.get_data(as_text=True)
    kept = client.post(path, data=registration_form(page, step="save"))
    assert kept.status_code == 303
    stale = client.post(path, data=registration_form(page, step="save", about="旧页面"))
    assert stale.status_code == 409


def test_a_closed_window_and_a_second_registration_are_refused_in_words(app, client, who, sessions):
    begin(app, client, who, sessions[:1])
    path = f"/employers/{who.employer_id}/registrations/for/{event_of(app, sessions[0])}"
    second = client.post(path, data=sent(sessions=[str(sessions[0])]))
    assert second.status_code == 422
    assert "已报名所选的某一场次" in second.get_data(as_text=True)
    nothing = client.post(path, data=sent())
    assert "请至少选择一个场次" in nothing.get_data(as_text=True)
    (closed,) = open_fair(app, registration_closes_at=now() - timedelta(hours=1))
    path = f"/employers/{who.employer_id}/registrations/for/{event_of(app, closed)}"
    late = client.post(path, data=sent(sessions=[str(closed)]))
    assert late.status_code == 409
    assert "截止" in late.get_data(as_text=True)


def test_who_waits_sees_the_position_and_withdrawing_lets_the_next_move_up(
    app, client, who, sessions
):
    first = Exhibitor(app, "河北示例先到有限公司").registers(sessions[0])
    mine = who.registers(sessions[0])
    path = f"/employers/{who.employer_id}/registrations/{mine}"
    assert "候补第 1 位" in client.get(path).get_data(as_text=True)
    other = f"/employers/{who.employer_id}/registrations/{first}"
    assert client.get(other).status_code == 404
    assert client.post(f"{other}/withdraw", data=sent()).status_code == 404
    assert client.post(f"{path}/withdraw", data=sent()).status_code == 303
    assert row(app, mine).state is _S.CANCELLED_IN_TIME
    assert client.post(f"{path}/withdraw", data=sent()).status_code == 409


def test_the_desk_chooses_by_the_ranking_after_the_close(app, desk):
    (session_id,) = open_fair(app, places=1, is_selection=True)
    registration_id = Exhibitor(app).registers(session_id)
    audit(app, registration_id)
    path = f"/desk/events/sessions/{session_id}/selection"
    assert desk.post(path, data=sent()).status_code == 409
    assert row(app, registration_id).place is PlaceState.NONE


def test_pages_need_few_queries(app, client, who, sessions, desk):
    mine = who.registers(sessions[0])
    paths = (
        (client, f"/employers/{who.employer_id}/registrations", 7),
        (client, f"/employers/{who.employer_id}/registrations/{mine}", 11),
        (desk, f"/desk/events/sessions/{sessions[0]}/registrations", 7),
        (desk, f"/desk/events/registrations/{mine}", 8),
    )
    for browser, path, most in paths:
        with statements(app) as counted:
            assert browser.get(path).status_code == 200
        assert len(counted) <= most, (path, len(counted), counted)
