"""Places under stress: two sessions on one day, newcomers against a long list, branches, the day itself."""

import threading
from datetime import timedelta
from unittest.mock import patch

import time_machine

from talentsvc.access.actor import CLOCK
from talentsvc.core.clock import now
from talentsvc.events.actions import promote_registrations as promoting
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.actions.sweep_registrations import registrations_that_lapsed
from talentsvc.events.registering import lock_registration, lock_session, move_registration
from talentsvc.events.terms.event import PlacesRaised
from talentsvc.events.terms.registration import PlaceFreed, PlaceState, RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen, unit_of_work
from tests.events.registering.world import Exhibitor, audit, details, open_fair, row
from tests.events.visits.world import add_session


def same_day(app, places=1):
    """Two sessions on one day."""
    (first,) = open_fair(app, places=places)
    with app.app_context(), unit_of_work():
        session = lock_session(first)
        from talentsvc.events.models import Event

        event = db.session.get_one(Event, session.event_id)
        other = add_session(event, places=places, starts_at=session.starts_at)
        return first, other.id


def filed_draft(app, who, session_id):
    (one,) = who.starts(session_id)
    with app.app_context(), unit_of_work():
        save_registration(one, details(), expected_version=None, actor=who.actor(), at=now())
    return one


def test_two_sessions_of_one_day_filed_at_once(app):
    faults = []
    for _turn in range(6):
        first, second = same_day(app)
        who = Exhibitor(app)
        ids = [filed_draft(app, who, one) for one in (first, second)]
        barrier = threading.Barrier(2)

        def go(one, barrier=barrier, who=who):
            barrier.wait()
            try:
                with app.app_context(), unit_of_work():
                    submit_registration(one, expected_version=None, actor=who.actor(), at=now())
            except Exception as fault:
                faults.append(type(fault).__name__)

        threads = [threading.Thread(target=go, args=(one,)) for one in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if not faults:
            assert sorted(row(app, one).place.value for one in ids) == ["held", "waiting"]
    assert faults == []


def test_a_newcomer_does_not_overtake_those_whom_a_job_will_promote(app):
    (session_id,) = open_fair(app, places=1)
    for n in range(4):
        Exhibitor(app, f"河北示例{n}号有限公司").registers(session_id)
    with patch.object(promoting, "MOST_AT_ONCE", 1), app.app_context(), unit_of_work():
        session = lock_session(session_id)
        session.places = 3
        happen(PlacesRaised(session.id))
    new = Exhibitor(app, "河北示例新来有限公司").registers(session_id)
    assert row(app, new).place is PlaceState.WAITING


def test_the_waiting_move_up_on_the_day_itself(app):
    (session_id,) = open_fair(app, places=1)
    first, second = Exhibitor(app, "河北示例甲有限公司"), Exhibitor(app, "河北示例乙有限公司")
    ids = [first.registers(session_id), second.registers(session_id)]
    for one in ids:
        audit(app, one)
    from tests.events.registering.test_course import confirm

    confirm(first, ids[0])
    with app.app_context():
        begins = lock_session(session_id).starts_at
        db.session.rollback()
    with time_machine.travel(begins + timedelta(minutes=30)):
        with app.app_context():
            assert registrations_that_lapsed(now(), 10) == []
        with app.app_context(), unit_of_work():
            session, registration = lock_registration(ids[0])
            move_registration(
                session, registration, RegistrationStep.RELEASE, actor=CLOCK, at=now()
            )
            happen(PlaceFreed(session.id))
    assert row(app, ids[1]).place is PlaceState.HELD
