"""Arrivals: dated, proved, once for each proof (decisions.md, "Statistics")."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from talentsvc.core.clock import local_date, now
from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.talent_facts.actions.record_arrival import record_arrival
from talentsvc.talent_facts.models import ArrivalFact
from talentsvc.talent_facts.terms import FactSource
from tests.people.world import add_account, add_person


def arrive(person_id, **changed):
    values = {
        "person_id": person_id,
        "employer_id": uuid4(),
        "arrived_on": date(2024, 5, 6),
        "source": FactSource.CARD,
        "source_id": uuid4(),
        "at": now(),
        **changed,
    }
    return record_arrival(**values)


def count() -> int:
    return db.session.execute(select(func.count()).select_from(ArrivalFact)).scalar_one()


@pytest.fixture
def person_id(app_context):
    with unit_of_work():
        return add_person(add_account()).id


def test_the_same_proof_makes_one_fact_and_the_first_one_stays(person_id):
    proof = uuid4()
    with unit_of_work():
        first = arrive(person_id, source_id=proof)
        first_id = first.id
    with unit_of_work():
        again = arrive(person_id, source_id=proof, arrived_on=date(2025, 1, 1))
        assert (again.id, again.arrived_on) == (first_id, date(2024, 5, 6))
    assert count() == 1


def test_another_source_with_the_same_id_is_another_fact(person_id):
    proof = uuid4()
    with unit_of_work():
        arrive(person_id, source_id=proof)
        arrive(person_id, source_id=proof, source=FactSource.INSURANCE)
    assert count() == 2


def test_nobody_arrives_in_the_future_but_today_counts(person_id):
    today = local_date(now())
    with pytest.raises(InvalidInput), unit_of_work():
        arrive(person_id, arrived_on=today + timedelta(days=1))
    assert count() == 0
    with unit_of_work():
        arrive(person_id, arrived_on=today)
    assert count() == 1
