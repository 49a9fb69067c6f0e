"""Persons register on a phone, wait, move up, cancel, and say how it was."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from talentsvc.access.actor import SYSTEM
from talentsvc.core.clock import now
from talentsvc.events.models import FairSession, Visit, VisitFeedback
from talentsvc.events.terms.event import EventState
from talentsvc.events.terms.registration import PlaceState
from talentsvc.events.terms.visit import VisitState, VisitStep
from talentsvc.events.visiting import lock_visit, move_visit
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from tests.events.visits.world import salon
from tests.people.world import sent, sign_in, someone, statements


def register(client, session_id):
    return client.post(f"/events/sessions/{session_id}/visit", data=sent())


def visits(app):
    with app.app_context():
        rows = db.session.execute(select(Visit).order_by(Visit.id)).scalars().all()
        db.session.expunge_all()
        return rows


def kinds(app):
    with app.app_context():
        found = select(Notice.kind).where(Notice.channel == "inbox").order_by(Notice.id)
        return list(db.session.execute(found).scalars())


def test_a_person_registers_and_sees_the_code_for_the_door(app, client):
    session_id = salon(app, visitor_places=30)
    sign_in(app, client, someone(app))
    page = client.get(f"/events/sessions/{session_id}/visit").get_data(as_text=True)
    assert "还剩 30 个名额" in page
    answer = register(client, session_id)
    assert answer.status_code == 303
    own = client.get(answer.location).get_data(as_text=True)
    assert "入场时请出示此二维码" in own
    assert "data:image/svg+xml" in own
    assert "双创沙龙" in client.get("/my-events").get_data(as_text=True)
    assert kinds(app) == ["visit_place"]
    again = register(client, session_id)
    assert again.status_code == 422
    assert "您已报名本场次" in again.get_data(as_text=True)
    assert len(visits(app)) == 1


def test_who_comes_too_late_waits_and_moves_up_when_somebody_cancels(app):
    session_id = salon(app, visitor_places=1)
    people = [sign_in(app, app.test_client(), someone(app, f"张{n}")) for n in "一二三"]
    places = [register(client, session_id).location for client in people]
    assert "候补第 1 位" in people[1].get(places[1]).get_data(as_text=True)
    assert "候补第 2 位" in people[2].get(places[2]).get_data(as_text=True)
    assert people[0].post(f"{places[0]}/cancel", data=sent()).status_code == 303
    assert [(v.state, v.place) for v in visits(app)] == [
        (VisitState.CANCELLED, PlaceState.NONE),
        (VisitState.REGISTERED, PlaceState.HELD),
        (VisitState.REGISTERED, PlaceState.WAITING),
    ]
    assert "候补第 1 位" in people[2].get(places[2]).get_data(as_text=True)
    assert kinds(app) == ["visit_place", "visit_waiting", "visit_waiting", "visit_promoted"]
    # Somebody else's visit does not exist for the asker, whatever is done with it.
    assert people[0].get(places[1]).status_code == 404
    assert people[0].post(f"{places[1]}/cancel", data=sent()).status_code == 404


@pytest.mark.parametrize(
    ("event", "session", "status", "words"),
    [
        ({"state": EventState.DRAFT, "published_at": None}, {}, 404, ""),
        ({"takes_visitors": False}, {}, 422, "不接受个人报名"),
        ({"is_invitation_only": True}, {}, 422, "仅限受邀者"),
        ({}, {"starts_at": now() - timedelta(days=1)}, 422, "本场次已结束"),
    ],
)
def test_who_may_not_register_is_told_why(app, client, event, session, status, words):
    session_id = salon(app, event, **session)
    sign_in(app, client, someone(app))
    answer = register(client, session_id)
    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)
    assert visits(app) == []


def test_a_session_that_has_begun_is_not_cancelled_and_a_stranger_signs_in_first(app, client):
    session_id = salon(app, starts_at=now() - timedelta(hours=1))
    answer = register(client, session_id)
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    sign_in(app, client, someone(app))
    place = register(client, session_id).location
    assert client.post(f"{place}/cancel", data=sent()).status_code == 409
    assert visits(app)[0].state is VisitState.REGISTERED


def test_feedback_is_given_once_by_who_was_there(app, client):
    session_id = salon(app)
    sign_in(app, client, someone(app))
    place = register(client, session_id).location
    assert client.post(f"{place}/feedback", data=sent(grade="5")).status_code == 409
    with app.app_context(), unit_of_work():
        session, visit = lock_visit(visits(app)[0].id)
        move_visit(session, visit, VisitStep.CHECK_IN, actor=SYSTEM, at=now())
    missing = client.post(f"{place}/feedback", data=sent(words="很有收获"))
    assert missing.status_code == 422
    assert "很有收获" in missing.get_data(as_text=True)
    assert client.post(f"{place}/feedback", data=sent(grade="5", words="好")).status_code == 303
    second = client.post(f"{place}/feedback", data=sent(grade="1"))
    assert second.status_code == 422
    with app.app_context():
        assert db.session.execute(select(VisitFeedback.grade)).scalars().all() == [5]


def test_the_pages_need_few_queries(app, client):
    session_id = salon(app, visitor_places=30)
    sign_in(app, client, someone(app))
    place = register(client, session_id).location
    for path, most in ((f"/events/sessions/{session_id}/visit", 5), ("/my-events", 4), (place, 4)):
        with statements(app) as counted:
            assert client.get(path).status_code == 200
        assert len(counted) <= most, (path, counted)


def test_english_has_no_chinese_left_but_names(app, client):
    session_id = salon(app, visitor_places=30)
    sign_in(app, client, someone(app, "Ada", language="en"))
    client.post("/language/en", data=sent())
    page = client.get(f"/events/sessions/{session_id}/visit").get_data(as_text=True)
    main = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main>")[0])
    assert not re.search(r"[\u4e00-\u9fff]", main)
    assert "30 places are left" in main


def test_a_limit_lower_than_what_is_taken_is_refused_by_the_database(app, client):
    session_id = salon(app, visitor_places=2)
    for name in "一二":
        register(sign_in(app, app.test_client(), someone(app, f"李{name}")), session_id)
    with app.app_context():
        session = db.session.get_one(FairSession, session_id)
        assert session.visitors_taken == 2
        session.visitor_places = 1
        with pytest.raises(Exception, match="ck_fair_session_visitor_places"):
            db.session.flush()
        db.session.rollback()
