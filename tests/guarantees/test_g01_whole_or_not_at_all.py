"""G1: an action happens whole or not at all - state, record and messages together.

Each scenario fails at its commit, then at each of its writes in turn; the whole database is as it was.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

import talentsvc
from deploy.local.postgres import OWNER
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.guarantees.ground import Ground
from tests.guarantees.scenarios import (  # noqa: F401 - they list themselves
    accounts,
    cards,
    companies,
    fairs,
    halls,
    issued_cards,
    occasions,
    others,
    registrations,
    visits,
    window,
)
from tests.guarantees.scenarios.registry import SCENARIOS, Scenario
from tests.guarantees.scenarios.resumable import RESUMABLES, Resumable
from tests.guarantees.watching import (
    Fault,
    Snapshot,
    changed_tables,
    sabotage,
    snapshot,
    writes,
)

ROOMS = Path(talentsvc.__path__[0])
#: Enough for every piece of work to come to its end; each write costs a run.
MOST_WRITES = 8

#: What leaves no entry in the record, and why that is right.
UNRECORDED = {
    "fairs.put_the_result_of_a_selection_off": "the ranking is recorded where it is made",
    "visits.tell_of_another_hour": "the move is recorded where the session is changed",
    "accounts.ask_for_a_new_password": "asking is anybody's; what follows from it is recorded",
    "accounts.type_a_wrong_code": "throttles keep wrong tries",
    "accounts.send_the_verification_at_sign_in": "a code is sent, nothing changes",
    "accounts.sign_in_with_a_wrong_password": "throttles keep wrong tries",
    "accounts.read_the_inbox": "nobody's business but the reader's",
    "cards.add_a_paper": "recorded when it is handed in, by the hash of the frozen copy",
    "cards.remove_a_paper": "recorded when it is handed in, by the hash of the frozen copy",
    "cards.save_a_step": "recorded when it is handed in, by the hash of the frozen copy",
    "cards.remind_of_a_correction": "the outbox keeps it",
    "cards.remind_of_an_endorsement": "the outbox keeps it",
    "cards.work_out_due_dates_as_a_job": "follows from the calendar, whose change is recorded",
    "cards.work_out_due_dates_at_once": "follows from the calendar, whose change is recorded",
    "window.recall_a_pledged_paper": "the outbox keeps it",
    "others.give_an_infected_file_to_a_person": "the task keeps it, settling it is recorded",
    "others.post_a_message": "recorded by the action that posts it",
    "others.recover_what_a_dead_worker_held": "the outbox keeps it",
    "others.remove_a_file": "recorded by the action that removes it",
    "others.upload_a_file": "recorded by the action that uses it",
    "others.seal_a_file_again": "the content stays what it was",
    "others.seal_the_proof_of_the_keys_again": "the content stays what it was",
    "others.seal_the_record": "it is the record",
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
    if kth is None:
        # Else the writes after it would never be tried, and those before it would stay.
        assert saboteur.committed_by.endswith("unit_of_work.py"), "committed in the middle"
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


# -- what is several units of work on purpose -----------------------------------------------------


@pytest.mark.parametrize("name", sorted(RESUMABLES))
def test_each_unit_is_whole_and_the_rest_goes_on_later(
    name: str, ground: Ground, owner: psycopg.Connection
) -> None:
    resumable = RESUMABLES[name]
    kth, has_struck = 0, True
    with ground.app.app_context():
        while has_struck and kth < MOST_WRITES:
            kth += 1
            resumable.prepare(ground)
            has_struck = interrupt(ground, resumable, kth, owner)
            if has_struck:
                resumable.go_on(ground)
            assert resumable.is_done(ground), f"not finished after the failure of write {kth}"
            db.session.rollback()


def interrupt(ground: Ground, resumable: Resumable, kth: int, owner: psycopg.Connection) -> bool:
    """Fail at one write; only what was committed is there. False when there are not so many writes."""
    committed: list[Snapshot] = [snapshot(owner)]

    def see_commit(_session: Any) -> None:
        committed.append(snapshot(owner))

    event.listen(db.session, "after_commit", see_commit)
    try:
        with sabotage(ground.app, kth) as saboteur, suppress(Fault):
            resumable.work(ground)
    finally:
        event.remove(db.session, "after_commit", see_commit)
    db.session.rollback()
    left = changed_tables(committed[-1], snapshot(owner))
    # The one write that stands alone, on a connection of its own.
    assert left in ([], ["sign_in"]), f"half a unit of work left behind in {left}"
    return saboteur.has_struck


# -- nothing is forgotten -------------------------------------------------------------------------


@contextmanager
def tracing() -> Iterator[set[str]]:
    """The action modules, as `room.action`, whose code runs inside the block."""
    seen: set[str] = set()
    known = {str(path): name for name, path in action_modules().items()}

    def note(frame: FrameType, _happening: str, _argument: object) -> None:
        """Called at each call, never inside a function, for it returns nothing."""
        if frame.f_code.co_name != "<module>":
            name = known.get(frame.f_code.co_filename)
            if name is not None:
                seen.add(name)

    former = sys.gettrace()
    sys.settrace(note)
    try:
        yield seen
    finally:
        sys.settrace(former)


def action_modules() -> dict[str, Path]:
    """Every module of every room's `actions` by `room.action`."""
    return {
        f"{path.parent.parent.name}.{path.stem}": path
        for path in ROOMS.glob("*/actions/*.py")
        if path.stem != "__init__"
    }


def test_every_action_is_among_the_scenarios_and_recorded(ground: Ground) -> None:
    """A new action that nobody proves fails here until it has a scenario.

    One transaction holds the state, its record and, where somebody must know, the message: what
    leaves no entry in the record is named above, with the reason.
    """
    silent = set()
    with tracing() as seen:
        for name, scenario in SCENARIOS.items():
            with writes(ground.app) as tables:
                run(ground, scenario, None)
            if "audit_entry" not in tables:
                silent.add(name)
        with ground.app.app_context():
            for resumable in RESUMABLES.values():
                resumable.prepare(ground)
                resumable.work(ground)
                db.session.rollback()
    assert sorted(action_modules().keys() - seen) == []
    assert silent - UNRECORDED.keys() == set(), "left no entry in the record"
    assert UNRECORDED.keys() - silent == set(), "listed as silent, and recorded all the same"
