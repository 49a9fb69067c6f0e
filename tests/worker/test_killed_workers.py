"""A worker killed at each step of sending: none lost, none twice, each doubt a person's (G5, G16)."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
import time_machine
from flask import Flask

from talentsvc.core.clock import now
from talentsvc.desk.doctor import findings
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.recover_leases import GRACE, recover_leases
from talentsvc.notices.actions.send_due import LEASE, send_due
from talentsvc.notices.sending import open_senders
from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.actions.open_notice_tasks import open_notice_tasks
from talentsvc.tasks.terms import TaskKind
from tests.notices.outbox import post_many, row, state, tasks
from tests.notices.post_office import PostOffice
from tests.worker.processes import WorkerProcess, wait_for

pytestmark = pytest.mark.usefixtures("app_context")

S = NoticeState
#: Long enough after a kill that no lease and no grace is left.
MUCH_LATER = LEASE + GRACE + timedelta(minutes=1)


class Deadly:
    """Kills the worker when the mail server sees a step for the nth time, before it is answered."""

    def __init__(self, worker: WorkerProcess, step: str, *, nth: int = 1) -> None:
        self._worker = worker
        self._step = step
        self._left = nth
        self.has_struck = threading.Event()

    def __call__(self, step: str, _recipient: str) -> None:
        if step != self._step or self.has_struck.is_set():
            return
        self._left -= 1
        if self._left == 0:
            self._worker.kill()
            self.has_struck.set()


@pytest.fixture
def ids(worker: WorkerProcess) -> list[UUID]:
    """Three messages in the outbox, and a hint of each in the broker."""
    return post_many(3)


@pytest.fixture
def lock(owner_connection: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """A transaction of somebody else's that holds what the worker needs next."""
    owner_connection.execute("BEGIN")
    owner_connection.execute("SET LOCAL lock_timeout = '20s'")
    yield owner_connection
    owner_connection.execute("ROLLBACK")


def somebody_waits_for_a_lock(connection: psycopg.Connection) -> bool:
    # pg_stat_activity alone hides from this role what another one waits for.
    found = connection.execute(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE NOT granted AND datname = current_database()"
    ).fetchone()
    return found is not None and found[0] > 0


def carry_on(app: Flask, office: PostOffice) -> None:
    """What the sweeps of the workers that are left do, much later."""
    settings = replace(app.config["SETTINGS"], smtp_port=office.port)
    with time_machine.travel(now() + MUCH_LATER):
        with unit_of_work():
            recover_leases(at=now())
        with open_senders(settings) as senders:
            send_due(senders, seconds=30)
        with unit_of_work():
            open_notice_tasks(at=now())
        assert [found for found in findings(now()) if found.code.startswith("notices")] == []


def assert_none_lost_none_twice(office: PostOffice, ids: list[UUID], *, unsure: int) -> None:
    standing = [state(one) for one in ids]
    assert standing.count(S.UNSURE) == unsure
    assert standing.count(S.SENT) == len(ids) - unsure
    assert all(count == 1 for count in office.copies().values())
    arrived = {str(message["Message-ID"]) for message in office.received}
    assert {f"<{one}@example.cn>" for one in ids if state(one) is S.SENT} <= arrived
    in_doubt = {one for one in ids if state(one) is S.UNSURE}
    assert {task.subject_id for task in tasks()} == in_doubt
    assert {task.kind for task in tasks()} <= {TaskKind.NOTICE_UNSURE}


def test_killed_before_it_leased_anything(
    app: Flask,
    worker: WorkerProcess,
    office: PostOffice,
    ids: list[UUID],
    lock: psycopg.Connection,
) -> None:
    lock.execute("LOCK TABLE notice IN ACCESS EXCLUSIVE MODE")
    worker.start()
    wait_for(lambda: somebody_waits_for_a_lock(lock))
    worker.kill()
    lock.execute("ROLLBACK")
    assert [row(one).attempts for one in ids] == [0, 0, 0]
    carry_on(app, office)
    assert_none_lost_none_twice(office, ids, unsure=0)


def test_killed_with_a_lease_before_handing_over(
    app: Flask, worker: WorkerProcess, office: PostOffice, ids: list[UUID]
) -> None:
    office.watch = deadly = Deadly(worker, "EHLO")
    worker.start()
    wait_for(deadly.has_struck.is_set)
    assert state(ids[0]) is S.LEASED
    assert not row(ids[0]).is_handed_over
    assert office.received == []
    carry_on(app, office)
    assert_none_lost_none_twice(office, ids, unsure=0)


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_killed_while_handing_over_before_the_server_had_it(
    app: Flask, worker: WorkerProcess, office: PostOffice, ids: list[UUID], step: str
) -> None:
    """Nobody can know that the server did not get it, so it is a person's all the same."""
    office.watch = deadly = Deadly(worker, step)
    worker.start()
    wait_for(deadly.has_struck.is_set)
    assert row(ids[0]).is_handed_over
    assert office.received == []
    carry_on(app, office)
    assert_none_lost_none_twice(office, ids, unsure=1)
    assert len(office.received) == 2


def test_killed_when_the_server_had_it_before_its_answer(
    app: Flask, worker: WorkerProcess, office: PostOffice, ids: list[UUID]
) -> None:
    office.watch = deadly = Deadly(worker, "DATA")
    worker.start()
    wait_for(deadly.has_struck.is_set)
    assert len(office.received) == 1
    carry_on(app, office)
    assert_none_lost_none_twice(office, ids, unsure=1)
    assert len(office.received) == 3


def test_killed_between_the_answer_and_the_mark(
    app: Flask,
    worker: WorkerProcess,
    office: PostOffice,
    ids: list[UUID],
    lock: psycopg.Connection,
) -> None:
    is_locked = threading.Event()

    def hold(step: str, _recipient: str) -> None:
        if step == "DATA" and not is_locked.is_set():
            lock.execute("SELECT id FROM notice WHERE is_handed_over FOR UPDATE")
            is_locked.set()

    office.watch = hold
    worker.start()
    wait_for(is_locked.is_set)
    wait_for(lambda: somebody_waits_for_a_lock(lock))
    worker.kill()
    lock.execute("ROLLBACK")
    assert state(ids[0]) is S.LEASED
    carry_on(app, office)
    assert_none_lost_none_twice(office, ids, unsure=1)
    assert len(office.received) == 3


def test_killed_after_the_mark(
    app: Flask, worker: WorkerProcess, office: PostOffice, ids: list[UUID]
) -> None:
    """The second message is under way when the worker dies; the first is marked and stays so."""
    office.watch = deadly = Deadly(worker, "MAIL", nth=2)
    worker.start()
    wait_for(deadly.has_struck.is_set)
    assert state(ids[0]) is S.SENT
    carry_on(app, office)
    assert_none_lost_none_twice(office, ids, unsure=1)
    assert state(ids[1]) is S.UNSURE
