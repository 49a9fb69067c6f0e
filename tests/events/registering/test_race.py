"""P2's promise: as many places as there are, whoever comes at the same moment (guarantees.md G4)."""

import threading
from unittest.mock import patch

import pytest
from sqlalchemy import func, select, text

from talentsvc.core.clock import now
from talentsvc.events import registering
from talentsvc.events.actions.save_registration import save_registration
from talentsvc.events.actions.submit_registration import submit_registration
from talentsvc.events.models import FairRegistration, FairSession
from talentsvc.events.terms.registration import PlaceState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.registering.world import Exhibitor, details, open_fair

PLACES, COMPANIES = 4, 12


def prepared(app, session_id):
    """Companies with everything filled in, and nothing filed."""
    found = []
    for number in range(COMPANIES):
        who = Exhibitor(app, f"河北示例{number}号有限公司")
        (one,) = who.starts(session_id)
        with app.app_context(), unit_of_work():
            save_registration(one, details(), expected_version=None, actor=who.actor(), at=now())
        found.append((who, one))
    return found


def race(app, found):
    """Everybody files at the same moment; gives the names of the faults."""
    barrier, faults = threading.Barrier(len(found)), []

    def go(who, one):
        barrier.wait()
        try:
            with app.app_context(), unit_of_work():
                submit_registration(one, expected_version=None, actor=who.actor(), at=now())
        except Exception as fault:
            faults.append(type(fault).__name__)

    threads = [threading.Thread(target=go, args=pair) for pair in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def counted(app, session_id):
    with app.app_context():
        found = db.session.execute(
            select(FairRegistration.place, func.count())
            .where(FairRegistration.session_id == session_id)
            .group_by(FairRegistration.place)
        )
        rows = {place: number for place, number in found}
        return db.session.get_one(FairSession, session_id).places_taken, rows


def test_exactly_as_many_places_are_given_as_there_are(app):
    (session_id,) = open_fair(app, places=PLACES)
    assert race(app, prepared(app, session_id)) == []
    assert counted(app, session_id) == (
        PLACES,
        {PlaceState.HELD: PLACES, PlaceState.WAITING: COMPANIES - PLACES},
    )


def test_without_the_lock_they_collide_and_with_the_constraint_none_is_oversold(app):
    """The negative control: the same race without the lock, everybody reading before anybody writes."""
    (session_id,) = open_fair(app, places=1)
    found = prepared(app, session_id)
    gate = threading.Barrier(len(found))

    def unlocked(asked, **_):
        session = db.session.get_one(FairSession, asked)
        gate.wait(timeout=30)
        return session

    with patch.object(registering, "lock_session", unlocked):
        faults = race(app, found)
    assert len(faults) == COMPANIES - 1
    taken, places = counted(app, session_id)
    assert (taken, places[PlaceState.HELD]) == (1, 1)


def test_past_the_product_the_database_itself_refuses(app):
    """The last of three guards: neither lock nor row version, only the check on the counter."""
    (session_id,) = open_fair(app, places=1)
    with app.app_context():
        with pytest.raises(Exception, match="ck_fair_session_places"):
            db.session.execute(
                text("UPDATE fair_session SET places_taken = 2 WHERE id = :id"),
                {"id": session_id},
            )
        db.session.rollback()
