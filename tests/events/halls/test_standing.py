"""Who stands where: by hand, published, told, shown to the company and to everybody."""

import re

import pytest
from sqlalchemy import func, select

from talentsvc.core.clock import now
from talentsvc.events.actions.tell_booths import TELL_JOB
from talentsvc.events.hall_telling import tell_booth
from talentsvc.events.models import BoothAssignment, FairRegistration, FairSession
from talentsvc.events.queries.halls import numbers_by_registration
from talentsvc.events.registering import lock_registration, move_registration
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.jobs.actions.run_jobs import run_due_jobs
from talentsvc.jobs.models import Job
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel
from tests.events.halls.world import (
    actor_of,
    events_officer,
    make_hall,
    make_registration,
    make_session,
    many_registrations,
    rows_of_booths,
)
from tests.people.world import sent, sign_in, someone, statements


@pytest.fixture
def officer(app):
    return events_officer(app)


@pytest.fixture
def fair(app, client, officer):
    """A session with a hall of eight booths, and its page of companies and booths."""
    session_id = make_session(app)
    ids = make_hall(app, session_id)
    sign_in(app, client, officer)
    return session_id, ids, f"/desk/events/sessions/{session_id}/booths"


def standing(app, session_id) -> dict:
    with app.app_context():
        return numbers_by_registration(session_id)


def assign(client, path, registration_id, booth_id):
    return client.post(f"{path}/{registration_id}/assign", data=sent(booth_id=str(booth_id)))


def version_in(page) -> str:
    return re.search(r'name="version" type="hidden" value="(\d+)"', page.get_data(as_text=True))[1]


def publish(client, path, **more):
    return client.post(f"{path}/publish", data=sent(version=version_in(client.get(path)), **more))


def told(app, kind) -> dict:
    """How many messages of a kind are in the inbox about each registration."""
    with app.app_context():
        rows = db.session.execute(
            select(Notice.subject_id, func.count())
            .where(Notice.kind == kind, Notice.channel == Channel.INBOX)
            .group_by(Notice.subject_id)
        )
        return {subject_id: count for subject_id, count in rows}


def test_a_booth_is_given_moved_fixed_loosened_and_taken_back_by_hand(app, client, fair):
    session_id, ids, path = fair
    one = make_registration(app, session_id)
    assert assign(client, path, one, ids["A03"]).status_code == 303
    assert standing(app, session_id) == {one: "A03"}
    assert assign(client, path, one, ids["A05"]).status_code == 303
    assert standing(app, session_id) == {one: "A05"}
    assert "固定" in client.get(path).get_data(as_text=True)
    assert client.post(f"{path}/{one}/lock", data=sent()).status_code == 303
    with app.app_context():
        assert not db.session.execute(select(BoothAssignment.is_locked)).scalar_one()
    assert client.post(f"{path}/{one}/lock", data=sent(is_locked="y")).status_code == 303
    with app.app_context():
        assert db.session.execute(select(BoothAssignment.is_locked)).scalar_one()
    assert client.post(f"{path}/{one}/clear", data=sent()).status_code == 303
    assert standing(app, session_id) == {}
    assert client.post(f"{path}/{one}/clear", data=sent()).status_code == 404


def test_a_taken_a_blocked_and_a_foreign_booth_are_refused(app, client, fair):
    session_id, ids, path = fair
    one, other = (make_registration(app, session_id) for _ in range(2))
    assign(client, path, one, ids["A03"])
    taken = assign(client, path, other, ids["A03"])
    assert taken.status_code == 422
    assert "另一家企业" in taken.get_data(as_text=True)
    blocked_session = make_session(app)
    blocked = make_hall(app, blocked_session, rows_of_booths(is_blocked=True))
    stranger = make_registration(app, blocked_session)
    blocked_path = path.replace(str(session_id), str(blocked_session))
    assert assign(client, blocked_path, stranger, blocked["A01"]).status_code == 422
    assert assign(client, path, other, blocked["A01"]).status_code == 422
    assert assign(client, path, stranger, ids["A01"]).status_code == 404
    assert standing(app, session_id) == {one: "A03"}


@pytest.mark.parametrize(
    ("state", "place"),
    [
        (RegistrationState.SUBMITTED, PlaceState.HELD),
        (RegistrationState.APPROVED, PlaceState.NONE),
        (RegistrationState.CANCELLED_LATE, PlaceState.NONE),
    ],
)
def test_only_who_is_admitted_and_holds_a_place_gets_a_booth(app, client, fair, state, place):
    session_id, ids, path = fair
    one = make_registration(app, session_id, state=state, place=place)
    assert assign(client, path, one, ids["A01"]).status_code == 422
    assert standing(app, session_id) == {}


def test_two_companies_swap(app, client, fair):
    session_id, ids, path = fair
    one, other, third = (make_registration(app, session_id) for _ in range(3))
    assign(client, path, one, ids["A01"])
    assign(client, path, other, ids["A02"])
    form = {"first_registration_id": str(one), "second_registration_id": str(other)}
    assert client.post(f"{path}/swap", data=sent(**form)).status_code == 303
    assert standing(app, session_id) == {one: "A02", other: "A01"}
    for wrong in (one, third):
        form = {"first_registration_id": str(one), "second_registration_id": str(wrong)}
        assert client.post(f"{path}/swap", data=sent(**form)).status_code == 422


def test_whoever_gives_the_place_back_gives_the_booth_back(app, client, fair, officer):
    session_id, ids, path = fair
    one = make_registration(app, session_id)
    assign(client, path, one, ids["A01"])
    with app.app_context(), unit_of_work():
        session, registration = lock_registration(one)
        step = RegistrationStep.CANCEL
        move_registration(session, registration, step, actor=actor_of(officer), at=now())
    assert standing(app, session_id) == {}
    with app.app_context():
        assert db.session.get_one(FairSession, session_id).places_taken == 0


def test_publishing_tells_each_company_its_own_number_in_its_own_language(app, client, fair, mail):
    session_id, ids, path = fair
    chinese, english = someone(app, "陈经办"), someone(app, "Ann Li", "en")
    one = make_registration(app, session_id, chinese)
    other = make_registration(app, session_id, english)
    assign(client, path, one, ids["A01"])
    assign(client, path, other, ids["A06"])
    assert told(app, "booth_given") == {}
    assert publish(client, path).status_code == 303
    assert told(app, "booth_given") == {one: 1, other: 1}
    sign_in(app, client, chinese)
    inbox = client.get("/inbox").get_data(as_text=True)
    assert "A01" in inbox
    assert "A06" not in inbox
    sign_in(app, client, english)
    inbox = client.get("/inbox").get_data(as_text=True)
    assert "Your booth is A06" in inbox
    assert "A01" not in inbox


def test_after_publishing_only_those_concerned_are_told(app, client, fair):
    session_id, ids, path = fair
    one, other, third = (
        make_registration(app, session_id, someone(app, "甲乙丙"[n] + "经办")) for n in range(3)
    )
    for registration_id, number in ((one, "A01"), (other, "A02"), (third, "A03")):
        assign(client, path, registration_id, ids[number])
    assert told(app, "booth_changed") == {}
    publish(client, path)
    form = {"first_registration_id": str(one), "second_registration_id": str(other)}
    client.post(f"{path}/swap", data=sent(**form))
    assert told(app, "booth_changed") == {one: 1, other: 1}
    client.post(f"{path}/swap", data=sent(**form))
    assert told(app, "booth_changed") == {one: 2, other: 2}, "back again is news too"
    client.post(f"{path}/{third}/lock", data=sent())
    assert told(app, "booth_changed") == {one: 2, other: 2}, "fixing is nobody's news"
    client.post(f"{path}/{third}/clear", data=sent())
    assert told(app, "booth_taken_back") == {third: 1}
    assert told(app, "booth_given") == {one: 1, other: 1, third: 1}


def test_a_new_number_of_a_published_booth_is_told_to_who_stands_there(app, client, fair):
    session_id, ids, path = fair
    one, other = (
        make_registration(app, session_id, someone(app, "甲乙丙"[n] + "经办")) for n in range(2)
    )
    assign(client, path, one, ids["A01"])
    assign(client, path, other, ids["A02"])
    publish(client, path)
    edit = f"/desk/events/sessions/{session_id}/hall/booths/{ids['A01']}"
    form = {
        "version": version_in(client.get(edit)),
        "number": "C01",
        "zone": "A",
        "column": "2",
        "row": "2",
        "width": "2",
        "height": "2",
        "size_m2": "9",
        "power_w": "500",
    }
    assert client.post(edit, data=sent(**form)).status_code == 303
    assert told(app, "booth_changed") == {one: 1}


def test_publishing_with_companies_left_out_is_said_and_must_be_known(app, client, fair):
    session_id, ids, path = fair
    one = make_registration(app, session_id)
    make_registration(app, session_id, name="石家庄落选示例有限公司")
    assert publish(client, path, accepts_left_out="y").status_code == 422, "nobody stands yet"
    assign(client, path, one, ids["A01"])
    page = client.get(path).get_data(as_text=True)
    assert "石家庄落选示例有限公司" in page
    assert publish(client, path).status_code == 422
    assert publish(client, path, accepts_left_out="y").status_code == 303
    again = client.post(f"{path}/publish", data=sent(version="0"))
    assert again.status_code == 409


def test_a_plan_that_changed_meanwhile_is_not_published(app, client, fair):
    session_id, ids, path = fair
    one = make_registration(app, session_id)
    assign(client, path, one, ids["A01"])
    seen = version_in(client.get(path))
    hall = path.replace("/booths", "/hall")
    answer = client.post(f"{hall}/booths/{ids['A08']}/delete", data=sent(version=seen))
    assert answer.status_code == 303
    assert client.post(f"{path}/publish", data=sent(version=seen)).status_code == 409


def test_many_companies_are_told_by_a_job(app, client, fair):
    session_id, _ids, path = fair
    other = make_session(app)
    path = path.replace(str(session_id), str(other))
    ids = list(make_hall(app, other, rows_of_booths(4, 6)).values())
    first = make_registration(app, other, someone(app, "陈经办"))
    registrations = [first, *many_registrations(app, other, 21)]
    for registration_id, booth_id in zip(registrations, ids, strict=False):
        assert assign(client, path, registration_id, booth_id).status_code == 303
    assert publish(client, path).status_code == 303
    with app.app_context():
        job = db.session.execute(select(Job)).scalar_one()
        assert (job.kind, job.total) == (TELL_JOB, 22)
        assert run_due_jobs({TELL_JOB: tell_booth}) == 1
    assert told(app, "booth_given") == {registrations[0]: 1}


def own_path(app, registration_id) -> str:
    with app.app_context():
        employer_id = db.session.get_one(FairRegistration, registration_id).employer_id
    return f"/employers/{employer_id}/registrations/{registration_id}/booth"


def test_a_company_sees_its_booth_once_published_and_only_its_own(app, client, fair):
    session_id, ids, path = fair
    mine, theirs = someone(app, "陈经办"), someone(app, "李经办")
    one = make_registration(app, session_id, mine, name="河北甲示例有限公司")
    other = make_registration(app, session_id, theirs, name="河北乙示例有限公司")
    assign(client, path, one, ids["A01"])
    assign(client, path, other, ids["A02"])
    agent = sign_in(app, app.test_client(), mine)
    before = agent.get(own_path(app, one)).get_data(as_text=True)
    assert "A01" not in before
    publish(client, path)
    page = agent.get(own_path(app, one)).get_data(as_text=True)
    assert "您的展位是 A01" in page
    assert page.count("is-own") == 2, "the booth and the legend"
    assert "A02 河北乙示例有限公司" in page, "who stands beside it, in words"
    assert agent.get(own_path(app, other)).status_code == 404
    mixed = own_path(app, one).replace(str(one), str(other))
    assert agent.get(mixed).status_code == 404


def test_the_public_plan_names_companies_only_and_only_when_published(app, client, fair):
    session_id, ids, path = fair
    one = make_registration(
        app, session_id, name="河北甲示例有限公司", contact_name="不公开的联系人"
    )
    make_registration(app, session_id, name="河北落选示例有限公司")
    assign(client, path, one, ids["A01"])
    public = f"/events/sessions/{session_id}/hall"
    visitor = app.test_client()
    assert visitor.get(public).status_code == 404
    publish(client, path, accepts_left_out="y")
    page = visitor.get(public).get_data(as_text=True)
    assert "河北甲示例有限公司" in page
    assert "不公开的联系人" not in page
    assert "河北落选示例有限公司" not in page
    assert visitor.get(f"{public}/picture").status_code == 404


def test_needs_that_a_booth_does_not_meet_are_shown(app, client, fair):
    session_id, ids, path = fair
    one = make_registration(app, session_id, booth_size_m2=18, booth_power_w=3000)
    assign(client, path, one, ids["A01"])
    page = client.get(path).get_data(as_text=True)
    assert "展位过小" in page
    assert "用电不足" in page


def test_pages_ask_few_queries_however_many_companies(app, client, fair):
    session_id, ids, path = fair
    who = someone(app, "陈经办")
    registrations = [
        make_registration(app, session_id, who),
        *many_registrations(app, session_id, 7),
    ]
    for registration_id, booth_id in zip(registrations, ids.values(), strict=True):
        assign(client, path, registration_id, booth_id)
    publish(client, path)
    agent = sign_in(app, app.test_client(), who)
    for visitor, address, most in (
        (client, path, 8),
        (agent, own_path(app, registrations[0]), 9),
        (app.test_client(), f"/events/sessions/{session_id}/hall", 4),
    ):
        visitor.get(address)
        with statements(app) as seen:
            assert visitor.get(address).status_code == 200
        assert len(seen) <= most, (address, len(seen), seen)
