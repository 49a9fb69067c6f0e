"""Two officers give one booth at the same moment (guarantees.md G4), with the negative controls.

With the lock one of them is told; without it the constraint refuses; without both the booth is given twice.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from talentsvc.core.clock import now
from talentsvc.core.errors import InvalidInput
from talentsvc.events import hallwork
from talentsvc.events.actions import assign_booth as assigning
from talentsvc.events.models import BoothAssignment, FairSession
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.events.halls.world import (
    actor_of,
    events_officer,
    make_hall,
    make_registration,
    make_session,
)

CONSTRAINT = "uq_booth_assignment_booth"
#: Nobody waits so long on this machine; a test that would hang fails instead.
PATIENCE = 60


@pytest.fixture
def fair(app):
    """A session, one booth, two companies, two officers."""
    session_id = make_session(app)
    booth_id = make_hall(app, session_id)["A01"]
    companies = [make_registration(app, session_id) for _ in range(2)]
    actors = [actor_of(events_officer(app)) for _ in range(2)]
    return session_id, booth_id, list(zip(companies, actors, strict=True))


def give_at_once(app, fair) -> list[str]:
    """Both give the booth to another company; what came of each."""
    session_id, booth_id, tries = fair
    start = Barrier(2)

    def give(one) -> str:
        registration_id, actor = one
        with app.app_context():
            start.wait(PATIENCE)
            try:
                with unit_of_work():
                    assigning.assign_booth(
                        session_id, registration_id, booth_id, actor=actor, at=now()
                    )
            except InvalidInput as refusal:
                return refusal.code
            except IntegrityError as error:
                return str(error.orig.diag.constraint_name)
            return "given"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(give, tries))


def holders(app, booth_id: UUID) -> int:
    with app.app_context():
        statement = select(func.count()).where(BoothAssignment.booth_id == booth_id)
        return db.session.execute(statement).scalar_one()


@pytest.fixture
def without_lock(monkeypatch):
    """The session's row is read and not locked, and both have looked before either gives."""
    both_looked = Barrier(2)
    give = assigning.give_booth

    def give_after_both_looked(*args, **kwargs):
        both_looked.wait(PATIENCE)
        return give(*args, **kwargs)

    monkeypatch.setattr(
        hallwork, "lock_session", lambda session_id: db.session.get_one(FairSession, session_id)
    )
    monkeypatch.setattr(assigning, "give_booth", give_after_both_looked)


@pytest.fixture
def without_constraint(servers, database):
    """The database does not refuse a booth given twice."""
    table = "ALTER TABLE booth_assignment"
    with servers.cluster.connect(database) as connection:
        connection.execute(f"{table} DROP CONSTRAINT {CONSTRAINT}")
        yield
        connection.execute("DELETE FROM booth_assignment")
        connection.execute(f"{table} ADD CONSTRAINT {CONSTRAINT} UNIQUE (booth_id)")


@pytest.mark.parametrize("_round", range(5))
def test_one_gets_the_booth_and_the_other_is_told(app, fair, _round):
    assert give_at_once(app, fair) == ["given", "taken"]
    assert holders(app, fair[1]) == 1


@pytest.mark.usefixtures("without_lock")
def test_without_the_lock_the_constraint_refuses_the_second(app, fair):
    assert give_at_once(app, fair) == ["given", CONSTRAINT]
    assert holders(app, fair[1]) == 1


@pytest.mark.usefixtures("without_lock", "without_constraint")
def test_without_both_the_booth_is_given_twice(app, fair):
    assert give_at_once(app, fair) == ["given", "given"]
    assert holders(app, fair[1]) == 2


@pytest.mark.usefixtures("without_constraint")
def test_with_the_lock_alone_it_is_given_once(app, fair):
    assert give_at_once(app, fair) == ["given", "taken"]
    assert holders(app, fair[1]) == 1
