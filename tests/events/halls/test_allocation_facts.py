"""What the allocation goes by is read as it is: points of the newest year, breaches that count, what is fixed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from talentsvc.access.actor import SYSTEM
from talentsvc.core.clock import now
from talentsvc.employers.models import EmployerBreach, EmployerPoints
from talentsvc.employers.terms import BreachKind
from talentsvc.events.actions.assign_booth import assign_booth
from talentsvc.events.actions.lock_booth import lock_booth
from talentsvc.events.models import FairRegistration
from talentsvc.events.queries.allocation_facts import allocation_facts
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.halls.world import (
    make_hall,
    make_registration,
    make_session,
    many_registrations,
)
from tests.people.world import statements


@pytest.fixture
def fair(app):
    session_id = make_session(app)
    return session_id, make_hall(app, session_id)


def facts_of(app, session_id):
    with app.app_context():
        return allocation_facts(session_id)


def note_points(app, registration_id, **totals) -> None:
    with app.app_context(), unit_of_work():
        employer_id = db.session.get_one(FairRegistration, registration_id).employer_id
        for year, total in totals.items():
            db.session.add(
                EmployerPoints(
                    employer_id=employer_id,
                    year=int(year[1:]),
                    stage_label="成长期",
                    total=total,
                    subtotals={},
                    source="示例名单",
                    published_on=date(2026, 1, 1),
                )
            )


def note_breach(app, registration_id, *, days_ago: int, is_lifted: bool = False) -> None:
    with app.app_context(), unit_of_work():
        registration = db.session.get_one(FairRegistration, registration_id)
        db.session.add(
            EmployerBreach(
                legal_employer_id=registration.legal_employer_id,
                employer_id=registration.employer_id,
                kind=BreachKind.NO_SHOW,
                subject_id=uuid4(),
                about="示例",
                at=now() - timedelta(days=days_ago),
                lifted_at=now() if is_lifted else None,
                lifted_reason="书面说明" if is_lifted else None,
            )
        )


def test_who_is_to_stand_is_who_is_admitted_and_holds_a_place(app, fair):
    session_id, _ids = fair
    states = (
        (RegistrationState.CONFIRMED, PlaceState.HELD),
        (RegistrationState.APPROVED, PlaceState.HELD),
        (RegistrationState.APPROVED, PlaceState.NONE),
        (RegistrationState.SUBMITTED, PlaceState.HELD),
        (RegistrationState.CANCELLED_LATE, PlaceState.NONE),
    )
    made = [make_registration(app, session_id, state=s, place=p) for s, p in states]
    found = {one.registration_id for one in facts_of(app, session_id).companies}
    assert found == set(made[:2])


def test_points_are_the_newest_years_and_none_where_none_are_on_file(app, fair):
    session_id, _ids = fair
    one, other = (make_registration(app, session_id) for _ in range(2))
    note_points(app, one, y2024=9000, y2026=7150, y2025=8000)
    found = {each.registration_id: each.points for each in facts_of(app, session_id).companies}
    assert found == {one: 7150, other: None}


def test_breaches_count_within_their_months_and_not_when_lifted(app, fair):
    session_id, _ids = fair
    one = make_registration(app, session_id)
    note_breach(app, one, days_ago=30)
    note_breach(app, one, days_ago=340)
    note_breach(app, one, days_ago=400)
    note_breach(app, one, days_ago=20, is_lifted=True)
    (company,) = facts_of(app, session_id).companies
    assert company.breaches == 2


def test_only_what_is_fixed_is_an_input_and_changes_the_digest(app, fair):
    session_id, ids = fair
    one = make_registration(app, session_id)
    before = facts_of(app, session_id)
    with app.app_context(), unit_of_work():
        assign_booth(session_id, one, ids["A02"], actor=SYSTEM, at=now())
    fixed = facts_of(app, session_id)
    with app.app_context(), unit_of_work():
        lock_booth(session_id, one, is_locked=False, actor=SYSTEM, at=now())
    loose = facts_of(app, session_id)
    assert [each.companies[0].fixed_booth for each in (before, fixed, loose)] == [None, "A02", None]
    assert loose.companies[0].booth == "A02"
    assert before.digest() == loose.digest() != fixed.digest()
    assert before.beside["A01"] == frozenset({"A02", "A05"})


def test_the_facts_are_read_in_five_queries_whatever_the_size(app, fair):
    session_id, _ids = fair
    many_registrations(app, session_id, 30)
    with statements(app) as seen:
        assert len(facts_of(app, session_id).companies) == 30
    assert len(seen) == 5, seen
