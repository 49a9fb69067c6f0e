"""Redis only wakes: absent, silent, emptied or back, no message is lost or late for longer than a sweep."""

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from flask import Flask

from talentsvc.notices.terms import NoticeState
from tests.notices.outbox import post_many, post_one, state
from tests.notices.post_office import PostOffice
from tests.worker.processes import BeatProcess, WorkerProcess, wait_for

pytestmark = pytest.mark.usefixtures("app_context")

S = NoticeState
#: A person waits for the page meanwhile.
PATIENCE_OF_A_PAGE = 3.0


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def broker(app: Flask, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], redis_url=url))


def seconds_to_post() -> float:
    began = time.monotonic()
    assert state(post_one()) is S.QUEUED
    return time.monotonic() - began


def test_posting_without_redis(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broker(app, monkeypatch, f"redis+socket://{tmp_path}/none.sock?virtual_host=0")
    assert seconds_to_post() < PATIENCE_OF_A_PAGE


def test_posting_with_a_redis_that_does_not_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch, silent_server: int
) -> None:
    broker(app, monkeypatch, f"redis://127.0.0.1:{silent_server}/0")
    assert seconds_to_post() < PATIENCE_OF_A_PAGE
    assert seconds_to_post() < PATIENCE_OF_A_PAGE


def test_the_hint_wakes_a_worker(worker: WorkerProcess, office: PostOffice) -> None:
    """Without any schedule: what arrives here arrived because of the hint."""
    worker.start()
    ids = post_many(2)
    wait_for(lambda: all(state(one) is S.SENT for one in ids))
    assert sorted(office.copies().values()) == [1, 1]


def test_the_sweep_finds_what_no_hint_told_of(
    worker: WorkerProcess, beat: BeatProcess, office: PostOffice, valkey: redis.Redis
) -> None:
    ids = post_many(3)
    assert valkey.llen("notices") > 0
    valkey.flushdb()
    worker.start()
    beat.start()
    wait_for(lambda: all(state(one) is S.SENT for one in ids))
    assert sorted(office.copies().values()) == [1, 1, 1]
