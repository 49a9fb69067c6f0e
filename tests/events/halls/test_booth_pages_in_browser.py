"""Companies and booths at the desk, one's own booth, the public hall: nothing for axe to find, nothing too wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from talentsvc.access.actor import SYSTEM
from talentsvc.core.clock import now
from talentsvc.events.actions.assign_booth import assign_booth
from talentsvc.events.actions.publish_hall_plan import publish_hall_plan
from talentsvc.events.models import FairRegistration
from talentsvc.events.queries.halls import hall_of
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.halls.world import (
    events_officer,
    make_hall,
    make_registration,
    make_session,
    rows_of_booths,
)
from tests.fixtures.browser import DESKTOP, PHONE
from tests.people.world import sign_in, someone

pytestmark = pytest.mark.browser


@pytest.fixture
def published(app):
    """A published hall with two companies: who visits which page."""
    session_id = make_session(app)
    ids = make_hall(app, session_id, rows_of_booths(4, 8))
    agent = someone(app, "陈经办")
    one = make_registration(app, session_id, agent, name="石家庄高新区示例生物医药科技有限公司")
    left_out = make_registration(app, session_id, name="河北落选示例有限公司")
    with app.app_context(), unit_of_work():
        assign_booth(session_id, one, ids["A04"], actor=SYSTEM, at=now())
        version = hall_of(session_id).version
        publish_hall_plan(
            session_id, expected_version=version, accepts_left_out=True, actor=SYSTEM, at=now()
        )
        employer_id = db.session.get_one(FairRegistration, one).employer_id
    assert left_out != one
    desk = f"/desk/events/sessions/{session_id}"
    officer = events_officer(app)
    return [
        (officer, f"{desk}/booths"),
        (officer, f"{desk}/hall/print"),
        (agent, f"/employers/{employer_id}/registrations/{one}/booth"),
        (agent, f"/events/sessions/{session_id}/hall"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_axe_finds_nothing(app, service, visitor, published, language, size):
    for who, path in published:
        page = visitor(service.url, size=size)
        client = sign_in(app, app.test_client(), who)
        name = app.config["SESSION_COOKIE_NAME"]
        page.context.add_cookies(
            [
                {"name": "language", "value": language, "url": service.url},
                {"name": name, "value": client.get_cookie(name).value, "url": service.url},
            ]
        )
        assert page.goto(path).status == 200
        found = Axe().run(page).response["violations"]
        assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
