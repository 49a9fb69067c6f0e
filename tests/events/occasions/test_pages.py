"""Events at the desk and in public: entered, published, changed, copied, cancelled."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from talentsvc.access.roles import Role
from talentsvc.core.clock import SHANGHAI, local_date, now
from talentsvc.events.models import Event, FairSession, Visit
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.terms.event import EventState, SessionState
from talentsvc.events.terms.registration import PlaceState
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.tasks.models import Task
from tests.events.visits.world import salon
from tests.people.world import officer, sent, sign_in, someone, statements

TERMS = {
    "most_attendees": "3",
    "most_positions": "30",
    "promoted_hours": "48",
    "cancel_free_working_days": "1",
    "booth_kept_until": "09:30",
    "results_due_working_days": "5",
    "cv_retention_months": "6",
    "ranking_1": "points",
    "ranking_2": "filed_first",
    "ranking_3": "",
    "ranking_4": "",
}


def at(days: int, hour: int = 9) -> str:
    """A moment so many days from now, as a browser sends it."""
    return (now() + timedelta(days=days)).astimezone(SHANGHAI).strftime(f"%Y-%m-%dT{hour:02}:00")


def event_form(**changed):
    return sent(
        **{
            "title_zh": "校园招聘行",
            "title_en": "Campus trip",
            "kind": "campus_trip",
            "edition": "",
            "summary_zh": "走进高校。",
            "summary_en": "To the universities.",
            "organiser_zh": "中心",
            "organiser_en": "Centre",
            "contact": "0311-0000000",
            "takes_visitors": "y",
            "registration_opens_at": at(1),
            "registration_closes_at": at(20),
            "results_visible_at": at(21),
            "confirm_due_at": at(25),
            "admission": "selection",
            **TERMS,
            **changed,
        }
    )


def session_form(**changed):
    return sent(
        **{
            "city": "tianjin",
            "host_zh": "示例大学",
            "host_en": "Example University",
            "place_zh": "体育馆",
            "place_en": "Gymnasium",
            "starts_at": at(40),
            "ends_at": at(40, 13),
            "places": "20",
            "visitor_places": "",
            "expected_visitors": "500",
            **changed,
        }
    )


@pytest.fixture
def desk(app):
    return sign_in(app, app.test_client(), officer(app, Role.EVENTS_OFFICER, "林汐"))


@pytest.fixture
def draft(app, desk):
    """The path at the desk of an event just entered."""
    return desk.post("/desk/events/new", data=event_form()).location


def one(app, kind=Event):
    with app.app_context():
        row = db.session.execute(select(kind)).scalar_one()
        db.session.expunge_all()
        return row


def add_session(desk, draft, **changed):
    return desk.post(f"{draft}/sessions/new", data=session_form(**changed))


def publish(app, desk, draft):
    return desk.post(f"{draft}/publish", data=sent(version=one(app).version))


def test_from_draft_to_the_public_page(app, client, desk, draft):
    public = draft.replace("/desk", "")
    assert client.get(public).status_code == 404
    refused = publish(app, desk, draft)
    assert refused.status_code == 422
    assert "请至少添加一个场次" in refused.get_data(as_text=True)
    assert one(app).state is EventState.DRAFT
    assert add_session(desk, draft).status_code == 303
    assert publish(app, desk, draft).status_code == 303
    page = client.get(public).get_data(as_text=True)
    for words in ("校园招聘行", "天津", "体育馆", "依次按：创新积分、报名先后", "48 小时", "报名"):
        assert words in page
    month = (now() + timedelta(days=40)).astimezone(SHANGHAI).strftime("%Y-%m")
    assert "校园招聘行" in client.get(f"/events?month={month}").get_data(as_text=True)
    assert "校园招聘行" in client.get(f"/events?month={month}&city=tianjin").get_data(as_text=True)
    elsewhere = client.get(f"/events?month={month}&city=beijing").get_data(as_text=True)
    assert "本月没有活动" in elsewhere
    assert client.get(f"{public}/qr.svg").content_type.startswith("image/svg+xml")


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(app, desk):
    answer = desk.post(
        "/desk/events/new", data=event_form(registration_closes_at=at(0), title_en="")
    )
    assert answer.status_code == 422
    body = answer.get_data(as_text=True)
    assert "走进高校。" in body
    assert "请填写" in body
    order = desk.post("/desk/events/new", data=event_form(registration_closes_at=at(0)))
    assert "报名截止须晚于报名开始" in order.get_data(as_text=True)
    with app.app_context():
        assert db.session.execute(select(Event)).first() is None


def test_a_stale_page_is_told_and_changes_nothing(app, desk, draft):
    stale = event_form(title_zh="旧页面", version=one(app).version)
    fresh = event_form(title_zh="新标题", version=one(app).version)
    assert desk.post(f"{draft}/edit", data=fresh).status_code == 303
    assert desk.post(f"{draft}/edit", data=stale).status_code == 409
    assert one(app).title_zh == "新标题"


def test_places_go_no_lower_than_what_is_taken_and_more_let_the_waiting_move_up(app, desk):
    session_id = salon(app, visitor_places=1)
    for name in "一二":
        visitor = sign_in(app, app.test_client(), someone(app, f"客{name}"))
        visitor.post(f"/events/sessions/{session_id}/visit", data=sent())
    path = f"/desk/events/sessions/{session_id}/edit"
    values = {"places": "0", "expected_visitors": "10", "starts_at": at(10), "ends_at": at(10, 12)}
    version = one(app, FairSession).version
    refused = desk.post(path, data=session_form(**values, visitor_places="0", version=version))
    assert refused.status_code == 422
    assert "已占用 1 个名额" in refused.get_data(as_text=True)
    raised = desk.post(path, data=session_form(**values, visitor_places="2", version=version))
    assert raised.status_code == 303
    with app.app_context():
        places = db.session.execute(select(Visit.place)).scalars().all()
        kinds = db.session.execute(select(Notice.kind).where(Notice.channel == "inbox")).scalars()
        assert places == [PlaceState.HELD, PlaceState.HELD]
        assert sorted(kinds)[-3:] == ["visit_session_moved", "visit_session_moved", "visit_waiting"]


def test_a_large_event_needs_its_permit_in_time(app, desk, draft):
    assert add_session(desk, draft, expected_visitors="1200").status_code == 303
    assert publish(app, desk, draft).status_code == 303
    with app.app_context():
        task = db.session.execute(select(Task)).scalar_one()
        assert (task.kind.value, task.owner_role) == ("permit_missing", "events_officer")
    session = one(app, FairSession)
    path = f"/desk/events/sessions/{session.id}/edit"
    granted = session_form(
        expected_visitors="1200",
        permit_applied_on=local_date(now()).isoformat(),
        permit_number="007",
        version=session.version,
    )
    assert desk.post(path, data=granted).status_code == 303
    with app.app_context():
        assert db.session.execute(select(Task.state)).scalar_one().value == "settled"
    soon = session_form(starts_at=at(12), ends_at=at(12, 13), expected_visitors="1000")
    late = desk.post(f"{draft}/sessions/new", data=soon)
    assert late.status_code == 422
    assert "现已逾期" in late.get_data(as_text=True)


def test_a_copy_moves_all_dates_and_forgets_permits(app, desk, draft):
    add_session(
        desk,
        draft,
        expected_visitors="1200",
        permit_applied_on=local_date(now()).isoformat(),
        permit_number="007",
    )
    first = one(app, FairSession)
    target = (now() + timedelta(days=100)).astimezone(SHANGHAI).date()
    copied = desk.post(f"{draft}/copy", data=sent(first_day=target.isoformat())).location
    with app.app_context():
        events = db.session.execute(select(Event).order_by(Event.id)).scalars().all()
        sessions = db.session.execute(select(FairSession).order_by(FairSession.id)).scalars().all()
        assert events[1].copied_from_id == events[0].id
        assert str(events[1].id) in copied
        shift = sessions[1].starts_at - first.starts_at
        assert sessions[1].held_on == target
        assert events[1].confirm_due_at - events[0].confirm_due_at == shift
        assert (sessions[1].permit_number, sessions[1].permit_applied_on) == (None, None)
        assert sessions[1].code != sessions[0].code
        assert events[1].state is EventState.DRAFT


def test_cancelling_tells_who_registered_and_stays_to_be_read(app, client, desk):
    session_id = salon(app)
    visitor = sign_in(app, app.test_client(), someone(app))
    visitor.post(f"/events/sessions/{session_id}/visit", data=sent())
    event = one(app)
    path = f"/desk/events/{event.id}/cancel"
    assert desk.post(path, data=sent(version=event.version, reason="")).status_code == 422
    done = desk.post(path, data=sent(version=event.version, reason="场馆临时停用。"))
    assert done.status_code == 303
    again = desk.post(path, data=sent(version=one(app).version, reason="再取消一次。"))
    assert again.status_code == 409
    page = client.get(f"/events/{event.id}").get_data(as_text=True)
    assert "场馆临时停用。" in page
    assert one(app, FairSession).state is SessionState.CANCELLED
    assert one(app, Visit).state.value == "session_cancelled"
    with app.app_context():
        assert "visit_session_cancelled" in db.session.execute(select(Notice.kind)).scalars().all()


def test_pages_need_few_queries(app, client, desk):
    for _ in range(6):
        salon(app)
    event = None
    with app.app_context():
        event = db.session.execute(select(Event).limit(1)).scalar_one().id
    for path, most in (("/events", 1), (f"/events/{event}", 4), ("/", 1)):
        with statements(app) as counted:
            assert client.get(path).status_code == 200
        assert len(counted) <= most, (path, counted)
    with statements(app) as counted:
        assert desk.get("/desk/events/").status_code == 200
    assert len(counted) <= 4, counted


def test_a_month_that_is_none_is_this_month(client):
    this = now().astimezone(SHANGHAI)
    words = f"{this.year}年{this.month}月"
    for month in ("", "2026-13", "nonsense", "0001-01", "9999-12"):
        page = client.get(f"/events?month={month}")
        assert page.status_code == 200
        assert words in page.get_data(as_text=True)


def test_the_defaults_of_a_new_event_are_the_stated_ones(desk):
    page = desk.get("/desk/events/new").get_data(as_text=True)
    assert f'value="{EventTerms().promoted_hours}"' in page
    assert 'value="09:30"' in page


@pytest.mark.parametrize(("role", "status"), [(Role.CHECK_IN, 403), (Role.CLERK, 403)])
def test_only_events_officers_enter_events(app, role, status):
    other = sign_in(app, app.test_client(), officer(app, role))
    assert other.get("/desk/events/new").status_code == status
    assert other.post("/desk/events/new", data=event_form()).status_code == status
