"""The calendar file read by a second library, in another time zone, before and after a change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from talentsvc.events.models import FairSession
from talentsvc.events.terms.event import SessionState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.visits.world import salon

#: 09:00 in Shijiazhuang.
STARTS_AT = datetime(2026, 12, 5, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:vobject.*")


@pytest.fixture
def session_id(app):
    return salon(app, starts_at=STARTS_AT)


@pytest.fixture
def path(app, session_id):
    with app.app_context():
        return f"/events/{db.session.get_one(FairSession, session_id).event_id}/event.ics"


def entries(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return vobject.readOne(answer.get_data(as_text=True)).vevent_list


def test_a_second_library_reads_the_right_moment_also_in_new_york(client, path, session_id):
    (entry,) = entries(client, path)
    assert entry.dtstart.value.astimezone(UTC) == STARTS_AT
    there = entry.dtstart.value.astimezone(ZoneInfo("America/New_York"))
    assert there.strftime("%Y-%m-%d %H:%M") == "2026-12-04 20:00"
    assert entry.dtend.value - entry.dtstart.value == timedelta(hours=3)
    assert entry.summary.value == "双创沙龙"
    assert entry.location.value == "一号厅"
    assert entry.uid.value.startswith(str(session_id))
    text = client.get(path).get_data(as_text=True)
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Asia/Shanghai" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_an_edit_keeps_the_identifier_and_raises_the_sequence(app, client, path, session_id):
    (before,) = entries(client, path)
    with app.app_context(), unit_of_work():
        session = db.session.get_one(FairSession, session_id)
        session.starts_at = STARTS_AT + timedelta(hours=1)
        session.ends_at = STARTS_AT + timedelta(hours=4)
    (after,) = entries(client, path)
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.dtstart.value - before.dtstart.value == timedelta(hours=1)
    assert before.status.value == "CONFIRMED"


def test_a_cancelled_session_stays_in_the_file_and_says_so(app, client, path, session_id):
    with app.app_context(), unit_of_work():
        session = db.session.get_one(FairSession, session_id)
        session.state, session.cancellation_reason = SessionState.CANCELLED, "场馆停用"
    (entry,) = entries(client, path)
    assert entry.status.value == "CANCELLED"


def test_an_unchanged_feed_is_not_sent_again(app, client):
    salon(app)
    answer = client.get("/events/calendar.ics")
    assert len(vobject.readOne(answer.get_data(as_text=True)).vevent_list) == 1
    again = client.get("/events/calendar.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    salon(app, city="beijing")
    changed = client.get("/events/calendar.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert changed.status_code == 200
    only = client.get("/events/calendar.ics?city=beijing").get_data(as_text=True)
    assert len(vobject.readOne(only).vevent_list) == 1
    assert "VEVENT" not in client.get("/events/calendar.ics?kind=forum").get_data(as_text=True)


def test_one_session_can_be_taken_alone_and_text_is_escaped(app, client, path, session_id):
    with app.app_context(), unit_of_work():
        session = db.session.get_one(FairSession, session_id)
        session.place_zh = "一号厅, 东侧; \\ 入口\n二层"
    (entry,) = entries(client, f"{path}?session={session_id}")
    assert entry.location.value == "一号厅, 东侧; \\ 入口\n二层"
    nothing = client.get(f"{path}?session=other").get_data(as_text=True)
    assert "VEVENT" not in nothing
