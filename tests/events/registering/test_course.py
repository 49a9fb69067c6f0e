"""A company's course through a fair: filed, returned, approved, confirmed, withdrawn, lapsed, chosen."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.core.clock import local_date, now
from talentsvc.core.errors import (
    FourEyesViolated,
    InvalidInput,
    NotAllowedNow,
    NotFoundHere,
)
from talentsvc.employers.models import Employer, EmployerBreach, EmployerPoints
from talentsvc.employers.standing import standing_of
from talentsvc.employers.terms import Industry
from talentsvc.events.actions.cancel_registration import cancel_registration
from talentsvc.events.actions.confirm_registration import Attendee, confirm_registration
from talentsvc.events.actions.edit_session import edit_session
from talentsvc.events.actions.select_companies import select_companies
from talentsvc.events.actions.sweep_registrations import (
    registrations_that_lapsed,
    sweep_registration,
)
from talentsvc.events.eventwork import details_of_session
from talentsvc.events.models import FairSession, RegistrationEvent, RegistrationPosition
from talentsvc.events.rules.registering import PositionDetails
from talentsvc.events.terms.registration import (
    PlaceState,
    RegistrationState,
    RegistrationStep,
)
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice
from talentsvc.policy.terms import EducationLevel
from tests.events.registering.world import ENGINEER, Exhibitor, audit, open_fair, row

_S = RegistrationState
COMING = [Attendee("陈经办", "+8613812345678")]


def confirm(who: Exhibitor, registration_id, attendees=COMING, at=None):
    with who.app.app_context(), unit_of_work():
        confirm_registration(
            registration_id, attendees, expected_version=None, actor=who.actor(), at=at or now()
        )


def withdraw(who: Exhibitor, registration_id, at=None):
    with who.app.app_context(), unit_of_work():
        cancel_registration(
            registration_id, expected_version=None, actor=who.actor(), at=at or now()
        )


def kinds(app):
    with app.app_context():
        found = select(Notice.kind).where(Notice.channel == "inbox").order_by(Notice.id)
        return list(db.session.execute(found).scalars())


def test_from_filing_to_a_confirmed_place(app):
    (session_id,) = open_fair(app)
    who = Exhibitor(app)
    one = who.registers(session_id)
    assert (row(app, one).state, row(app, one).place) == (_S.SUBMITTED, PlaceState.HELD)
    audit(app, one, RegistrationStep.RETURN)
    assert row(app, one).audit_reason == "请修改岗位要求。"
    who.files(one)
    audit(app, one)
    assert row(app, one).confirm_due_at is not None
    confirm(who, one)
    assert (row(app, one).state, row(app, one).place) == (_S.CONFIRMED, PlaceState.HELD)
    assert [kind for kind in kinds(app) if kind.startswith("registration_")] == [
        "registration_filed",
        "registration_returned",
        "registration_filed",
        "registration_approved",
        "registration_confirmed",
    ]
    with app.app_context():
        steps = db.session.execute(
            select(RegistrationEvent.step).order_by(RegistrationEvent.sequence)
        ).scalars()
        assert [step.value for step in steps][:3] == [
            "edit_registration",
            "submit_registration",
            "give_place",
        ]


def test_several_sessions_are_begun_at_once_and_each_is_its_own(app):
    sessions = open_fair(app, sessions=3)
    who = Exhibitor(app)
    begun = who.starts(*sessions)
    assert len({row(app, one).reference for one in begun}) == 3
    assert all(row(app, one).reference.startswith("GXH-") for one in begun)
    with pytest.raises(Exception, match="uq_fair_registration_open"):
        who.starts(sessions[0])


def test_the_waiting_list_moves_up_when_a_place_is_given_back(app):
    (session_id,) = open_fair(app, places=1)
    first, second, third = (Exhibitor(app, f"河北示例{n}有限公司") for n in "甲乙丙")
    ids = [who.registers(session_id) for who in (first, second, third)]
    assert [row(app, one).queue_number for one in ids] == [None, 1, 2]
    audit(app, ids[1])
    withdraw(first, ids[0])
    assert row(app, ids[0]).state is _S.CANCELLED_IN_TIME
    assert [row(app, one).place for one in ids[1:]] == [PlaceState.HELD, PlaceState.WAITING]
    assert row(app, ids[1]).confirm_due_at is not None
    assert "registration_promoted" in kinds(app)
    assert standing_of_first(app, first).breaches == ()


def standing_of_first(app, who):
    with app.app_context():
        return standing_of(who.employer_id, now())


def test_branches_share_the_booth_of_a_day(app):
    (session_id,) = open_fair(app, places=5)
    parent = Exhibitor(app, "河北示例集团有限公司")
    branch = Exhibitor(app, "河北示例集团有限公司分公司")
    with app.app_context(), unit_of_work():
        employer = db.session.get_one(Employer, branch.employer_id)
        employer.parent_employer_id = parent.employer_id
    first, second = parent.registers(session_id), branch.registers(session_id)
    assert row(app, first).place is PlaceState.HELD
    assert row(app, second).place is PlaceState.WAITING
    withdraw(parent, first)
    assert row(app, second).place is PlaceState.HELD


def test_withdrawing_late_is_a_breach_and_the_second_one_bars(app):
    who = Exhibitor(app)
    for _turn in range(2):
        (session_id,) = open_fair(app)
        one = who.registers(session_id)
        audit(app, one)
        confirm(who, one)
        withdraw(who, one, at=now() + timedelta(days=29, hours=23))
        assert row(app, one).state is _S.CANCELLED_LATE
    with app.app_context():
        assert len(db.session.execute(select(EmployerBreach)).scalars().all()) == 2
    later = now() + timedelta(days=31)
    (session_id,) = open_fair(app, registration_closes_at=now() + timedelta(days=40))
    with time_machine.travel(later), pytest.raises(InvalidInput) as refusal:
        who.starts(session_id, at=later)
    assert refusal.value.code == "barred"


def test_what_is_not_confirmed_in_time_lapses_however_late_the_worker_looks(app):
    (session_id,) = open_fair(app, places=1)
    first, second = Exhibitor(app, "河北示例甲有限公司"), Exhibitor(app, "河北示例乙有限公司")
    one, other = first.registers(session_id), second.registers(session_id)
    for registration_id in (one, other):
        audit(app, registration_id)
    due = row(app, one).confirm_due_at
    with time_machine.travel(due + timedelta(days=3)):
        with pytest.raises(NotAllowedNow):
            confirm(first, one)
        with app.app_context():
            found = registrations_that_lapsed(now(), 10)
            db.session.rollback()
        assert found == [one]
        for _again in range(2):
            with app.app_context(), unit_of_work():
                sweep_registration(one, at=now())
    assert row(app, one).state is _S.EXPIRED
    assert (row(app, other).place, row(app, other).state) == (PlaceState.HELD, _S.APPROVED)
    with app.app_context():
        event = db.session.execute(
            select(RegistrationEvent).where(RegistrationEvent.step == "expire_registration")
        ).scalar_one()
        assert event.at == due
        assert event.acting_as == "clock"


def test_flagged_wording_passes_only_with_a_written_reason(app):
    (session_id,) = open_fair(app)
    flagged = PositionDetails("销售", 1, EducationLevel.BACHELOR, requirements="限男性")
    one = Exhibitor(app).registers(session_id, flagged)
    with app.app_context():
        position = db.session.execute(select(RegistrationPosition)).scalar_one()
        assert position.flags == [{"rule": "sex", "field": "requirements", "words": "限男性"}]
    with pytest.raises(InvalidInput) as refusal:
        audit(app, one)
    assert refusal.value.code == "release_needs_reason"
    with pytest.raises(InvalidInput):
        audit(app, one, passed=False)
    audit(app, one, reason="岗位为男性用品模特，属法定例外。")
    assert row(app, one).state is _S.APPROVED


def test_nobody_audits_what_he_filed_or_has_a_tie_to(app):
    (session_id,) = open_fair(app)
    who = Exhibitor(app)
    one = who.registers(session_id)
    with app.app_context():
        agent = who.actor()
    officer = Actor(
        account_id=agent.account_id, person_id=agent.person_id, acting_as="events_officer"
    )
    with pytest.raises(FourEyesViolated):
        audit(app, one, actor=officer)
    assert row(app, one).state is _S.SUBMITTED


def test_another_company_reaches_nothing(app):
    (session_id,) = open_fair(app)
    one = Exhibitor(app, "河北示例甲有限公司").registers(session_id)
    stranger = Exhibitor(app, "河北示例乙有限公司")
    for act in (withdraw, confirm):
        with pytest.raises(NotFoundHere):
            act(stranger, one)
    assert row(app, one).state is _S.SUBMITTED


def test_companies_are_chosen_by_the_stated_ranking(app):
    (session_id,) = open_fair(app, places=2, is_selection=True)
    names = {
        "甲": (Industry.OTHER, 900),
        "乙": (Industry.BIOMEDICINE, 100),
        "丙": (Industry.BIOMEDICINE, 300),
    }
    ids = {}
    for name, (industry, points) in names.items():
        who = Exhibitor(app, f"河北示例{name}有限公司", industry=industry)
        ids[name] = who.registers(session_id)
        assert row(app, ids[name]).place is PlaceState.NONE
        audit(app, ids[name])
        with app.app_context(), unit_of_work():
            db.session.add(
                EmployerPoints(
                    employer_id=who.employer_id,
                    year=2026,
                    stage_label="成长期",
                    total=points,
                    subtotals={},
                    source="示例名单",
                    published_on=now().date(),
                )
            )
    with pytest.raises(NotAllowedNow), app.app_context(), unit_of_work():
        select_companies(session_id, actor=SYSTEM, at=now())
    after = now() + timedelta(days=10, hours=1)
    for _again in range(2):
        with app.app_context(), unit_of_work():
            select_companies(session_id, actor=SYSTEM, at=after)
    assert [row(app, ids[name]).place for name in "丙乙甲"] == [
        PlaceState.HELD,
        PlaceState.HELD,
        PlaceState.WAITING,
    ]
    with app.app_context():
        assert db.session.get_one(FairSession, session_id).places_taken == 2


def test_the_position_of_a_registration_is_its_own_copy(app):
    (session_id,) = open_fair(app)
    who = Exhibitor(app)
    one = who.registers(session_id, ENGINEER, ENGINEER)
    with app.app_context():
        numbers = db.session.execute(
            select(RegistrationPosition.number).order_by(RegistrationPosition.number)
        ).scalars()
        assert list(numbers) == [1, 2]
    with pytest.raises(InvalidInput):
        confirm(who, one, attendees=[])


def test_a_session_that_moves_takes_the_day_of_its_registrations_along(app):
    first, second = open_fair(app, sessions=2)
    who = Exhibitor(app)
    one, _other = who.registers(first), who.registers(second)
    with app.app_context():
        sessions = [db.session.get_one(FairSession, each) for each in (first, second)]
        details = [details_of_session(each) for each in sessions]
    later = timedelta(days=5)
    moved = replace(
        details[0], starts_at=details[0].starts_at + later, ends_at=details[0].ends_at + later
    )
    with app.app_context(), unit_of_work():
        edit_session(first, moved, expected_version=None, actor=SYSTEM, at=now())
    assert row(app, one).held_on == local_date(moved.starts_at)
    same_day = replace(moved, starts_at=details[1].starts_at, ends_at=details[1].ends_at)
    with (
        pytest.raises(IntegrityError, match="uq_fair_registration_day"),
        app.app_context(),
        unit_of_work(),
    ):
        edit_session(first, same_day, expected_version=None, actor=SYSTEM, at=now())
