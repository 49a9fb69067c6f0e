"""Templates that are copied, attendees that are proved, many decided by a page, and two forms at once."""

import io
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from talentsvc.access.roles import Role
from talentsvc.accounts.models import Account
from talentsvc.accounts.queries import actor_for
from talentsvc.audit.models import AccessLog
from talentsvc.core.clock import now
from talentsvc.core.errors import FourEyesViolated, InvalidInput, NotAllowedNow, NotFoundHere
from talentsvc.employers.models import Employer
from talentsvc.events.actions.copy_templates import copy_templates
from talentsvc.events.actions.judge_staff_proof import judge_staff_proof
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.models import (
    FairRegistration,
    FairSession,
    NoticeTemplate,
    PositionTemplate,
    RegistrationAttendee,
    RegistrationPosition,
)
from talentsvc.events.registering import lock_sessions_of
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.rules.marking import marked
from talentsvc.events.rules.registering import PositionDetails
from talentsvc.events.terms.registration import AttendeeProof, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.jobs.models import Job
from talentsvc.notices.models import Notice
from talentsvc.people.models import Person
from talentsvc.policy.terms import EducationLevel
from tests.cards.papers import pdf
from tests.employers.world import add_agent, scan_all
from tests.events.registering.test_course import confirm
from tests.events.registering.test_many import run_on
from tests.events.registering.world import Exhibitor, audit, details, open_fair, row
from tests.people.world import officer, sent, sign_in, statements


@pytest.fixture
def who(app):
    return Exhibitor(app)


@pytest.fixture
def agent(app, who):
    return sign_in(app, app.test_client(), who.agent)


@pytest.fixture
def clerk(app):
    return officer(app, Role.EVENTS_OFFICER, "林汐")


@pytest.fixture
def desk(app, clerk):
    return sign_in(app, app.test_client(), clerk)


# -- templates ------------------------------------------------------------------------------------


def keep_templates(app, employer_id):
    """A notice and two positions that a company keeps; gives their ids."""
    at = now()
    with app.app_context(), unit_of_work():
        notice = NoticeTemplate(
            employer_id=employer_id,
            name="秋季简章",
            about="模板里的企业介绍。",
            contact_name="简章联系人",
            updated_at=at,
        )
        positions = [
            PositionTemplate(
                employer_id=employer_id,
                title=title,
                headcount=2,
                education_level=EducationLevel.BACHELOR,
                requirements="限男性" if title == "销售" else "",
                updated_at=at,
            )
            for title in ("制剂工程师", "销售")
        ]
        db.session.add_all([notice, *positions])
        db.session.flush()
        return notice.id, [one.id for one in positions]


def positions(app, registration_id):
    with app.app_context():
        found = db.session.execute(
            select(RegistrationPosition)
            .where(RegistrationPosition.registration_id == registration_id)
            .order_by(RegistrationPosition.number)
        ).scalars()
        return [(one.title, [flag["rule"] for flag in one.flags]) for one in found]


def test_a_draft_is_filled_in_from_templates_and_keeps_its_copy(app, who, agent):
    (session_id,) = open_fair(app)
    (one,) = who.starts(session_id)
    notice_id, position_ids = keep_templates(app, who.employer_id)
    path = f"/employers/{who.employer_id}/registrations/{one}/templates"
    page = agent.get(path).get_data(as_text=True)
    assert "秋季简章" in page
    assert "制剂工程师 × 2" in page
    form = {"notice": notice_id, "positions": position_ids, "version": row(app, one).version}
    answer = agent.post(path, data=sent(**form))
    assert answer.status_code == 303
    with app.app_context(), unit_of_work():
        db.session.execute(delete(NoticeTemplate))
        db.session.execute(delete(PositionTemplate))
    assert row(app, one).about == "模板里的企业介绍。"
    assert positions(app, one) == [("制剂工程师", []), ("销售", ["sex"])]
    assert "模板里的企业介绍。" in agent.get(answer.location).get_data(as_text=True)
    # An old page does not copy twice.
    assert agent.post(path, data=sent(**{**form, "notice": "", "positions": []})).status_code == 409


def test_another_companys_template_is_not_there(app, who):
    (session_id,) = open_fair(app)
    (one,) = who.starts(session_id)
    notice_id, position_ids = keep_templates(app, Exhibitor(app, "河北他人有限公司").employer_id)
    for changed in ({"notice_id": notice_id}, {"position_ids": position_ids[:1]}):
        with pytest.raises(NotFoundHere), app.app_context(), unit_of_work():
            copy_templates(
                one,
                **{"notice_id": None, "position_ids": [], **changed},
                expected_version=None,
                actor=who.actor(),
                at=now(),
            )


def test_no_more_positions_are_copied_than_the_event_takes_and_none_once_filed(app, who):
    (session_id,) = open_fair(app, terms=EventTerms(most_positions=1).as_data())
    one = who.registers(session_id)
    (other_session,) = open_fair(app, terms=EventTerms(most_positions=1).as_data())
    (draft,) = who.starts(other_session)
    _notice_id, position_ids = keep_templates(app, who.employer_id)

    def copy(registration_id):
        with app.app_context(), unit_of_work():
            copy_templates(
                registration_id,
                notice_id=None,
                position_ids=position_ids,
                expected_version=None,
                actor=who.actor(),
                at=now(),
            )

    with pytest.raises(InvalidInput) as refusal:
        copy(draft)
    assert refusal.value.params["most"] == 1
    assert positions(app, draft) == []
    with pytest.raises(NotAllowedNow):
        copy(one)


# -- attendees ------------------------------------------------------------------------------------


@pytest.fixture
def confirmed(app, who):
    (session_id,) = open_fair(app)
    one = who.registers(session_id)
    audit(app, one)
    confirm(who, one)
    return one


def proof(app, registration_id):
    with app.app_context():
        return db.session.execute(
            select(RegistrationAttendee.proof).where(
                RegistrationAttendee.registration_id == registration_id
            )
        ).scalar_one()


def upload(agent, who, registration_id, data=None):
    form = sent(number="1", paper=(io.BytesIO(data or pdf()), "社保.pdf"))
    path = f"/employers/{who.employer_id}/registrations/{registration_id}/attendees"
    return agent.post(path, data=form, content_type="multipart/form-data")


def answer(desk, registration_id, said):
    path = f"/desk/events/registrations/{registration_id}/attendees"
    return desk.post(path, data=sent(number="1", answer=said))


def test_an_attendee_is_proved_by_a_paper_that_the_desk_has_seen(app, who, agent, desk, confirmed):
    mine = f"/employers/{who.employer_id}/registrations/{confirmed}/attendees"
    theirs = f"/desk/events/registrations/{confirmed}/attendees"
    assert "尚未上传证明" in agent.get(mine).get_data(as_text=True)
    assert answer(desk, confirmed, "proved").status_code == 422
    assert upload(agent, who, confirmed).status_code == 303
    # Nobody is proved by what the scanner has not called clean, and nobody opens it.
    assert answer(desk, confirmed, "proved").status_code == 422
    assert desk.get(f"{theirs}/1/proof").status_code == 409
    scan_all(app)
    assert "社保.pdf" in desk.get(theirs).get_data(as_text=True)
    assert desk.get(f"{theirs}/1/proof").status_code == 200
    assert agent.get(f"{mine}/1/proof").status_code == 200
    with app.app_context():
        looks = db.session.execute(select(AccessLog.detail)).scalars().all()
    assert sum(detail.startswith("staff_proof:") for detail in looks) == 3
    assert answer(desk, confirmed, "not_proved").status_code == 303
    assert proof(app, confirmed) is AttendeeProof.NOT_PROVED
    with app.app_context():
        kinds = db.session.execute(select(Notice.kind)).scalars().all()
    assert "attendee_not_proved" in kinds
    assert upload(agent, who, confirmed).status_code == 303
    assert proof(app, confirmed) is AttendeeProof.WAITING
    scan_all(app)
    assert answer(desk, confirmed, "proved").status_code == 303
    assert proof(app, confirmed) is AttendeeProof.PROVED
    # What was found good is not exchanged.
    assert upload(agent, who, confirmed).status_code == 409


def test_a_file_that_is_none_is_refused_in_words(app, who, agent, confirmed):
    refused = upload(agent, who, confirmed, b"MZ not a paper")
    assert refused.status_code == 422
    assert "paper-1" in refused.get_data(as_text=True)
    assert proof(app, confirmed) is AttendeeProof.WAITING


def test_nobody_judges_the_staff_of_a_company_he_has_a_tie_to(app, who, clerk, confirmed):
    with app.app_context(), unit_of_work():
        employer = db.session.get_one(Employer, who.employer_id)
        add_agent(employer, db.session.get_one(Person, clerk.person_id))
    with pytest.raises(FourEyesViolated), app.app_context(), unit_of_work():
        actor = actor_for(db.session.get_one(Account, clerk.account_id), None, now())
        judge_staff_proof(
            confirmed,
            1,
            is_proved=False,
            actor=replace(actor, acting_as="events_officer"),
            at=now(),
        )


def test_another_company_sees_no_papers(app, who, agent, confirmed):
    upload(agent, who, confirmed)
    scan_all(app)
    stranger = Exhibitor(app, "河北他人有限公司")
    client = sign_in(app, app.test_client(), stranger.agent)
    for employer_id in (who.employer_id, stranger.employer_id):
        base = f"/employers/{employer_id}/registrations/{confirmed}/attendees"
        assert client.get(base).status_code == 404
        assert client.get(f"{base}/1/proof").status_code == 404


# -- many -----------------------------------------------------------------------------------------


def test_many_are_decided_from_a_page_and_watched(app, desk, clerk):
    (session_id,) = open_fair(app, places=5)
    clean = [Exhibitor(app, f"河北示例{n}号有限公司").registers(session_id) for n in range(2)]
    flagged = PositionDetails("销售", 1, EducationLevel.BACHELOR, requirements="限男性")
    bad = Exhibitor(app, "河北示例标记有限公司").registers(session_id, flagged)
    path = f"/desk/events/sessions/{session_id}/decisions"
    page = desk.get(path).get_data(as_text=True)
    assert "1 处" in page
    nobody = desk.post(path, data=sent(step="approve", reason=""))
    assert nobody.status_code == 422
    unsaid = desk.post(path, data=sent(step="reject", registrations=[bad], reason=" "))
    assert unsaid.status_code == 422
    assert f'id="choose-{bad}"' in unsaid.get_data(as_text=True)
    form = sent(step="approve", all_clean="y", registrations=[bad], reason="")
    progress = desk.post(path, data=form)
    assert progress.status_code == 303
    assert "待处理" in desk.get(progress.location).get_data(as_text=True)
    run_on(app)
    body = desk.get(progress.location).get_data(as_text=True)
    for words in ("已完成", "留待人工处理", "河北示例标记有限公司", "含标记用语，请单独审核"):
        assert words in body
    assert [row(app, one).state for one in clean] == [RegistrationState.APPROVED] * 2
    assert row(app, bad).state is RegistrationState.SUBMITTED
    # The same button pressed twice asks once.
    assert desk.post(path, data=form).location == progress.location
    with app.app_context():
        assert len(db.session.execute(select(Job)).scalars().all()) == 1


def test_pages_of_many_and_of_attendees_need_few_queries(app, who, agent, desk, confirmed):
    with app.app_context():
        session_id = db.session.get_one(FairRegistration, confirmed).session_id
    for n in range(4):
        Exhibitor(app, f"河北示例{n}号有限公司").registers(session_id)
    upload(agent, who, confirmed)
    scan_all(app)
    own = f"/employers/{who.employer_id}/registrations/{confirmed}"
    (draft_session,) = open_fair(app)
    (draft,) = who.starts(draft_session)
    paths = (
        (desk, f"/desk/events/sessions/{session_id}/decisions", 7),
        (desk, f"/desk/events/registrations/{confirmed}/attendees", 9),
        (agent, f"{own}/attendees", 9),
        (agent, f"/employers/{who.employer_id}/registrations/{draft}/templates", 12),
    )
    for browser, path, most in paths:
        with statements(app) as counted:
            assert browser.get(path).status_code == 200
        assert len(counted) <= most, (path, len(counted))


# -- two forms at once ----------------------------------------------------------------------------


def test_two_companies_that_file_for_the_same_sessions_in_other_orders_do_not_lock_each_other(app):
    faults = []
    sessions = open_fair(app, places=9, sessions=3)
    found = [Exhibitor(app, f"河北示例{n}号有限公司") for n in range(6)]
    drafts = [
        who.starts(*(sessions if n % 2 else reversed(sessions))) for n, who in enumerate(found)
    ]
    barrier = threading.Barrier(len(found))

    def go(who, ids):
        barrier.wait()
        try:
            with app.app_context(), unit_of_work():
                lock_sessions_of(ids)
                for one in ids:
                    save_registration(
                        one, details(), expected_version=None, actor=who.actor(), at=now()
                    )
                    submit_registration(one, expected_version=None, actor=who.actor(), at=now())
        except Exception as fault:
            faults.append(repr(fault))

    threads = [threading.Thread(target=go, args=pair) for pair in zip(found, drafts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with app.app_context():
        taken = db.session.execute(select(FairSession.places_taken)).scalars().all()
    assert taken == [6, 6, 6]


def test_flagged_words_are_marked_where_they_stand():
    assert marked("限男性，能出差", ["限男性"]) == [("限男性", True), ("，能出差", False)]
    assert marked("甲(1)乙(1)", ["(1)"]) == [
        ("甲", False),
        ("(1)", True),
        ("乙", False),
        ("(1)", True),
    ]
    assert marked("没有", []) == [("没有", False)]
    assert marked("", ["a"]) == []


def test_a_closed_window_is_a_conflict_and_keeps_what_was_typed(app, who, agent):
    (session_id,) = open_fair(app)
    (one,) = who.starts(session_id)
    path = f"/employers/{who.employer_id}/registrations/{one}"
    with time_machine.travel(now() + timedelta(days=11)):
        sign_in(app, agent, who.agent)
        closed = agent.get(path.rpartition("/")[0])
        assert closed.status_code == 200
        (late,) = open_fair(app, registration_closes_at=now() - timedelta(hours=1))
        with app.app_context():
            event_id = db.session.get_one(FairSession, late).event_id
        chosen = agent.post(
            f"/employers/{who.employer_id}/registrations/for/{event_id}",
            data=sent(sessions=[late]),
        )
        assert chosen.status_code == 409
        assert "报名已于" in chosen.get_data(as_text=True)
