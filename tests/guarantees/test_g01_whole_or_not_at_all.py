"""G1: an action happens whole or not at all - state, record and messages together.

Each scenario fails at its commit, then at each of its writes in turn; the whole database is as it was.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
import pytest

import talentsvc
from deploy.local.postgres import OWNER
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios import accounts, cards, others  # noqa: F401 - they list themselves
from tests.guarantees.scenarios.registry import SCENARIOS, Scenario
from tests.guarantees.watching import (
    Fault,
    Snapshot,
    changed_tables,
    sabotage,
    snapshot,
    writes,
)

ROOMS = Path(talentsvc.__path__[0])

#: What leaves no entry in the record, and why that is right.
UNRECORDED = {
    "accounts.ask_for_a_new_password": "asking is anybody's; what follows from it is recorded",
    "accounts.type_a_wrong_code": "throttles keep wrong tries",
    "accounts.send_the_verification_at_sign_in": "a code is sent, nothing changes",
    "accounts.sign_in_with_a_wrong_password": "throttles keep wrong tries",
    "accounts.read_the_inbox": "nobody's business but the reader's",
}


@pytest.fixture(scope="module")
def owner(ground: Ground) -> Iterator[psycopg.Connection]:
    """A connection that sees every table."""
    with ground.servers.cluster.connect(ground.database, OWNER) as connection:
        yield connection


def run(ground: Ground, scenario: Scenario, kth: int | None) -> int:
    """Run a scenario whose k-th write, or whose commit, fails; returns how many writes it got to."""
    with sabotage(ground.app, kth) as saboteur:
        with pytest.raises(Fault), ground.app.app_context(), unit_of_work():
            scenario(ground)
        assert saboteur.has_struck
    return saboteur.count


def run_through(ground: Ground, scenario: Scenario, before: Snapshot, owner: Any) -> int:
    """Fail at the commit, then at each write; nothing is left behind. Returns the number of writes."""
    count = run(ground, scenario, None)
    assert count > 0, "it writes nothing: what is it doing on the list?"
    for kth in range(1, count + 1):
        run(ground, scenario, kth)
    left = changed_tables(before, snapshot(owner))
    assert left == [], f"left behind in {left}"
    return count


@pytest.fixture(scope="module")
def before(owner: psycopg.Connection) -> Snapshot:
    """The database before anything was tried."""
    return snapshot(owner)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_nothing_is_left_of_an_action_that_failed(
    name: str, ground: Ground, owner: psycopg.Connection, before: Snapshot
) -> None:
    run_through(ground, SCENARIOS[name], before, owner)
