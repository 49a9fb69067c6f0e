"""Everything at once: children and workers killed, Redis emptied, the mail server refusing (G5, G16)."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import redis
import time_machine
from flask import Flask

from deploy.local.places import ROOT
from talentsvc.core.clock import now
from talentsvc.desk.doctor import findings
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.actions.recover_leases import recover_leases
from talentsvc.notices.actions.send_due import send_due
from talentsvc.notices.sending import open_senders
from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.actions.open_notice_tasks import open_notice_tasks
from tests.notices.outbox import post_one, row, state, tasks
from tests.notices.post_office import PostOffice
from tests.worker.processes import BeatProcess, WorkerProcess, wait_for

pytestmark = pytest.mark.usefixtures("app_context")

S = NoticeState
CHILDREN = 2


def post_batch(name: str, count: int = 8) -> list[UUID]:
    return [post_one(email=f"{name}{number}@example.cn") for number in range(count)]


def settle_everything(app: Flask, office: PostOffice) -> None:
    """What the sweeps do until the next morning."""
    settings = replace(app.config["SETTINGS"], smtp_port=office.port)
    with time_machine.travel(now(), tick=False) as clock, open_senders(settings) as senders:
        for _ in range(12):
            clock.shift(timedelta(hours=1))
            with unit_of_work():
                recover_leases(at=now())
            send_due(senders, seconds=30)
            with unit_of_work():
                open_notice_tasks(at=now())
        assert [found for found in findings(now()) if found.code.startswith("notices")] == []


def doctor(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    start = "import sys; from talentsvc.cli import main; sys.argv = ['talentsvc', 'doctor']; main()"
    return subprocess.run(
        [sys.executable, "-c", start],
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def test_after_a_bad_day_every_message_is_somewhere(
    app: Flask,
    worker: WorkerProcess,
    beat: BeatProcess,
    office: PostOffice,
    valkey: redis.Redis,
    environment: dict[str, str],
) -> None:
    kills = 0
    ids = post_batch("first")
    beat.start()
    worker.start(pool="prefork")
    wait_for(lambda: len(office.received) >= 3)
    kills += worker.kill_children()
    ids += post_batch("second")
    valkey.flushdb()
    wait_for(lambda: len(office.received) >= 12)

    office.answers["RCPT"] = "451 come back later"
    refused = post_batch("third")
    ids += refused
    wait_for(lambda: any(row(one).last_error == "not_now 451" for one in refused))
    worker.kill()
    kills += CHILDREN
    office.answers.clear()
    ids += post_batch("fourth")
    worker.start(pool="prefork")
    wait_for(lambda: all(state(one) is S.SENT for one in ids[-4:]))
    worker.stop()
    # Whatever went wrong, the log tells nobody who was written to (G9).
    assert "example.cn" not in worker.log()
    assert "欧阳" not in worker.log()

    settle_everything(app, office)
    unsure = {one for one in ids if state(one) is S.UNSURE}
    assert len(unsure) <= kills
    assert {state(one) for one in ids} <= {S.SENT, S.UNSURE}
    assert {task.subject_id for task in tasks()} == unsure
    copies = office.copies()
    assert max(copies.values()) == 1
    assert {f"<{one}@example.cn>" for one in set(ids) - unsure} <= set(copies)
    done = doctor(environment)
    assert (done.returncode, done.stdout.strip()) == (0, "nothing is stuck"), done.stderr


def test_a_worker_that_is_asked_to_stop_leaves_nothing_in_doubt(
    worker: WorkerProcess, office: PostOffice
) -> None:
    ids = post_batch("many", 40)
    worker.start(pool="prefork")
    wait_for(lambda: len(office.received) >= 2)
    worker.stop()
    standing = {state(one) for one in ids}
    assert standing <= {S.SENT, S.QUEUED}
    assert not worker.is_running()
    assert max(office.copies().values()) == 1
