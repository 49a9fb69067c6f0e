"""The waiting list of companies under random use: two sessions of one day, branches, raising, lowering, lapsing."""

from datetime import timedelta
from typing import ClassVar

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from talentsvc.access.actor import SYSTEM
from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.employers.models import Employer
from talentsvc.events.actions.cancel_registration import cancel_registration
from talentsvc.events.actions.edit_session import edit_session
from talentsvc.events.actions.sweep_registrations import (
    registrations_that_lapsed,
    sweep_registration,
)
from talentsvc.events.eventwork import details_of_session
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.rules.occasions import SessionDetails
from talentsvc.events.terms.registration import PlaceState, RegistrationState, RegistrationStep
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.registering.test_course import confirm
from tests.events.registering.world import Exhibitor, audit, open_fair
from tests.events.visits.world import add_session

_S = RegistrationState
COMPANIES = 6


class Companies(RuleBasedStateMachine):
    """What must always hold is checked in the database after each step."""

    app: ClassVar[Flask]

    @initialize(places=st.tuples(st.integers(0, 2), st.integers(0, 2)))
    def begin(self, places: tuple[int, int]) -> None:
        (first,) = open_fair(self.app, places=places[0])
        with self.app.app_context(), unit_of_work():
            session = db.session.get_one(FairSession, first)
            event = db.session.get_one(Event, session.event_id)
            other = add_session(event, places=places[1], starts_at=session.starts_at)
            self.sessions = [first, other.id]
        self.companies = [Exhibitor(self.app, f"河北示例{n}号有限公司") for n in range(COMPANIES)]
        # The last is a branch of the first: one legal person, one booth a day.
        with self.app.app_context(), unit_of_work():
            branch = db.session.get_one(Employer, self.companies[-1].employer_id)
            branch.parent_employer_id = self.companies[0].employer_id
        self.later, self.began_at = timedelta(), now()
        self.clock: time_machine.travel | None = None

    def teardown(self) -> None:
        if getattr(self, "clock", None) is not None:
            self.clock.stop()

    def rows(self) -> list[FairRegistration]:
        with self.app.app_context():
            found = db.session.execute(
                select(FairRegistration)
                .where(FairRegistration.session_id.in_(self.sessions))
                .order_by(FairRegistration.id)
            ).scalars()
            kept = list(found)
            db.session.expunge_all()
            return kept

    def open_rows(self, *states: RegistrationState) -> list[FairRegistration]:
        return [one for one in self.rows() if one.state in states]

    def of(self, one: FairRegistration) -> Exhibitor:
        return next(who for who in self.companies if who.employer_id == one.employer_id)

    @rule(company=st.integers(0, COMPANIES - 1), session=st.integers(0, 1))
    def register(self, company: int, session: int) -> None:
        who, session_id = self.companies[company], self.sessions[session]
        is_there = any(
            one.employer_id == who.employer_id and one.session_id == session_id
            for one in self.open_rows(_S.DRAFT, _S.SUBMITTED, _S.APPROVED, _S.CONFIRMED)
        )
        if not is_there:
            who.registers(session_id)

    @precondition(lambda self: self.open_rows(_S.SUBMITTED))
    @rule(
        data=st.data(),
        step=st.sampled_from([RegistrationStep.APPROVE] * 3 + [RegistrationStep.REJECT]),
    )
    def decide(self, data: st.DataObject, step: RegistrationStep) -> None:
        one = data.draw(st.sampled_from(self.open_rows(_S.SUBMITTED)))
        audit(self.app, one.id, step)

    @precondition(lambda self: self.open_rows(_S.SUBMITTED, _S.APPROVED, _S.CONFIRMED))
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.open_rows(_S.SUBMITTED, _S.APPROVED, _S.CONFIRMED)))
        with self.app.app_context(), unit_of_work():
            cancel_registration(one.id, expected_version=None, actor=self.of(one).actor(), at=now())

    @precondition(
        lambda self: any(one.place is PlaceState.HELD for one in self.open_rows(_S.APPROVED))
    )
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        holding = [one for one in self.open_rows(_S.APPROVED) if one.place is PlaceState.HELD]
        one = data.draw(st.sampled_from(holding))
        confirm(self.of(one), one.id)

    @rule(session=st.integers(0, 1), places=st.integers(0, 3))
    def change_places(self, session: int, places: int) -> None:
        session_id = self.sessions[session]
        with self.app.app_context():
            found = db.session.get_one(FairSession, session_id)
            taken, details = found.places_taken, details_of_session(found)
        changed = SessionDetails(
            **{name: getattr(details, name) for name in details.__slots__} | {"places": places}
        )

        def change() -> None:
            with self.app.app_context(), unit_of_work():
                edit_session(session_id, changed, expected_version=None, actor=SYSTEM, at=now())

        if places < taken:
            with pytest.raises(InvalidInput) as refusal:
                change()
            assert refusal.value.params["taken"] == taken
        else:
            change()

    @precondition(lambda self: self.later < timedelta(days=20))
    @rule(days=st.integers(3, 8))
    def let_time_pass_and_sweep(self, days: int) -> None:
        self.later += timedelta(days=days)
        self.teardown()
        self.clock = time_machine.travel(self.began_at + self.later, tick=True)
        self.clock.start()
        # Registration stays open, so that newcomers come all the time.
        with self.app.app_context(), unit_of_work():
            session = db.session.get_one(FairSession, self.sessions[0])
            event = db.session.get_one(Event, session.event_id)
            event.registration_closes_at = session.starts_at
        with self.app.app_context():
            due = registrations_that_lapsed(now(), 50)
            db.session.rollback()
        for one in due:
            with self.app.app_context(), unit_of_work():
                sweep_registration(one, at=now())

    @invariant()
    def places_are_given_in_order_and_once(self) -> None:
        if not hasattr(self, "later"):
            return
        rows = self.rows()
        with self.app.app_context():
            sessions = {
                one.id: (one.places, one.places_taken)
                for one in db.session.execute(
                    select(FairSession).where(FairSession.id.in_(self.sessions))
                ).scalars()
            }
        holders = [one.legal_employer_id for one in rows if one.place is PlaceState.HELD]
        assert len(holders) == len(set(holders)), "one booth a legal person a day"
        for session_id, (places, taken) in sessions.items():
            held = [
                one for one in rows if one.session_id == session_id and one.place is PlaceState.HELD
            ]
            waiting = [
                one
                for one in rows
                if one.session_id == session_id and one.place is PlaceState.WAITING
            ]
            assert len(held) == taken <= places
            if taken < places:
                passed_over = {one.legal_employer_id for one in waiting}
                assert passed_over <= set(holders), "somebody waits while a place is free"
            by_filing = sorted(waiting, key=lambda one: (one.first_submitted_at, one.id))
            numbers = [one.queue_number for one in by_filing]
            assert numbers == sorted(numbers), "the order is kept"


def test_the_waiting_list_of_companies_under_random_use(app: Flask) -> None:
    Companies.app = app
    Companies.TestCase.settings = settings(
        max_examples=8,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    Companies.TestCase("runTest").runTest()
