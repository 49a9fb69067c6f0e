"""The waiting list of persons: simulated at random, and raced with negative controls (guarantees.md G4)."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, text

from talentsvc.accounts.models import Account
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events import visiting
from talentsvc.events.actions.cancel_visit import cancel_visit
from talentsvc.events.actions.register_visit import register_visit
from talentsvc.events.models import FairSession, Visit
from talentsvc.events.registering import lock_session
from talentsvc.events.terms.event import PlacesRaised
from talentsvc.events.terms.registration import PlaceState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen, unit_of_work
from tests.events.visits.world import salon
from tests.people.world import actor_of, someone

#: Fewer persons than the pool has connections, so that all can meet at the gate.
PLACES, PERSONS = 5, 12


def register(app: Flask, account_id: UUID, session_id: UUID) -> None:
    with app.app_context(), unit_of_work():
        actor = actor_of(db.session.get_one(Account, account_id))
        register_visit(session_id, actor=actor, at=now())


def taken(app: Flask, session_id: UUID) -> tuple[int, int, int]:
    """What the counter says, how many hold a place, how many wait."""
    with app.app_context():
        places = db.session.execute(
            select(Visit.place).where(Visit.session_id == session_id)
        ).scalars()
        found = list(places)
        counter = db.session.get_one(FairSession, session_id).visitors_taken
        return counter, found.count(PlaceState.HELD), found.count(PlaceState.WAITING)


def race(app: Flask, session_id: UUID) -> list[str]:
    """Everybody registers at the same moment; gives the names of the faults."""
    people = [someone(app, f"赛{n}", has_person=False) for n in range(PERSONS)]
    barrier, faults = threading.Barrier(PERSONS), []

    def go(account_id: UUID) -> None:
        barrier.wait()
        try:
            register(app, account_id, session_id)
        except Exception as fault:  # each kind of fault is what the test looks at
            faults.append(type(fault).__name__)

    threads = [threading.Thread(target=go, args=(who.account_id,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def unlocked(session_id: UUID, **_: Any) -> FairSession:
    """The negative control: the same without the lock, and everybody reads before anybody writes."""
    found = db.session.get_one(FairSession, session_id)
    gate: threading.Barrier = unlocked.gate  # type: ignore[attr-defined]
    gate.wait(timeout=20)
    return found


def test_exactly_as_many_places_are_given_as_there_are(app: Flask) -> None:
    session_id = salon(app, visitor_places=PLACES)
    assert race(app, session_id) == []
    assert taken(app, session_id) == (PLACES, PLACES, PERSONS - PLACES)


def test_without_lock_and_version_it_oversells_and_with_the_version_it_conflicts(
    app: Flask,
) -> None:
    """Shows that the race is a real one: the proof above would fail without the lock."""
    session_id = salon(app, visitor_places=1)
    unlocked.gate = threading.Barrier(PERSONS)  # type: ignore[attr-defined]
    with patch.object(visiting, "lock_session", unlocked):
        faults = race(app, session_id)
    # The row's version catches it: one got the place, the others were told and nothing is oversold.
    assert set(faults) == {"StaleDataError"}
    assert taken(app, session_id)[:2] == (1, 1)
    # And without the version, the last guard is the check on the counter.
    with app.app_context():
        with pytest.raises(Exception, match="ck_fair_session_visitor_places"):
            db.session.execute(
                text("UPDATE fair_session SET visitors_taken = 2 WHERE id = :id"),
                {"id": session_id},
            )
        db.session.rollback()


class WaitingList(RuleBasedStateMachine):
    """Random registering, cancelling and raising; what must always hold is checked after each step."""

    app: Flask

    @initialize(places=st.integers(0, 3))
    def begin(self, places: int) -> None:
        self.session_id = salon(self.app, visitor_places=places)
        self.places = places
        self.actors: list[UUID] = []
        self.order: list[UUID] = []

    @rule()
    def register(self) -> None:
        who = someone(self.app, "候", has_person=False)
        register(self.app, who.account_id, self.session_id)
        self.order.append(who.account_id)

    @precondition(lambda self: self.order)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        account_id = data.draw(st.sampled_from(self.order))
        with self.app.app_context(), unit_of_work():
            visit = db.session.execute(
                select(Visit).where(Visit.account_id == account_id)
            ).scalar_one()
            actor = actor_of(db.session.get_one(Account, account_id))
            cancel_visit(visit.id, actor=actor, at=now())
        self.order.remove(account_id)

    @precondition(lambda self: self.order)
    @rule(data=st.data())
    def register_twice(self, data: st.DataObject) -> None:
        account_id = data.draw(st.sampled_from(self.order))
        with pytest.raises(InvalidInput):
            register(self.app, account_id, self.session_id)

    @rule(more=st.integers(1, 2))
    def raise_places(self, more: int) -> None:
        with self.app.app_context(), unit_of_work():
            session = lock_session(self.session_id)
            session.visitor_places = self.places = self.places + more
            happen(PlacesRaised(session.id))

    @invariant()
    def the_first_in_order_hold_the_places(self) -> None:
        if not hasattr(self, "session_id"):
            return
        with self.app.app_context():
            rows = db.session.execute(
                select(Visit.account_id, Visit.place).where(
                    Visit.session_id == self.session_id, Visit.place != PlaceState.NONE
                )
            ).all()
            counter = db.session.get_one(FairSession, self.session_id).visitors_taken
        held = {account for account, place in rows if place is PlaceState.HELD}
        waiting = {account for account, place in rows if place is PlaceState.WAITING}
        # The oracle: in the order of registration, as many as there are places.
        assert held == set(self.order[: self.places])
        assert waiting == set(self.order[self.places :])
        assert counter == len(held)


def test_the_waiting_list_under_random_use(app: Flask) -> None:
    WaitingList.app = app
    machine: Callable[[], None] = WaitingList.TestCase.runTest  # type: ignore[attr-defined]
    WaitingList.TestCase.settings = settings(
        max_examples=6,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    with nullcontext():
        machine(WaitingList.TestCase())
