"""The worker's surroundings: a mail server, an empty broker, a process to kill."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest
import redis
from flask import Flask

from tests.notices.post_office import PostOffice, open_post_office
from tests.worker.processes import BeatProcess, WorkerProcess


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server of this test's own."""
    with open_post_office() as office:
        yield office


@pytest.fixture
def worker(
    app: Flask,
    environment: dict[str, str],
    office: PostOffice,
    valkey: redis.Redis,
    tmp_path: Path,
) -> Iterator[WorkerProcess]:
    """A worker on this test's database, broker and mail server; it is started by the test."""
    settings = {**environment, "TALENTSVC_SMTP_PORT": str(office.port)}
    process = WorkerProcess(settings, tmp_path / "worker.log")
    yield process
    process.kill()


@pytest.fixture
def beat(
    environment: dict[str, str], worker: WorkerProcess, tmp_path: Path
) -> Iterator[BeatProcess]:
    """The clock for that worker."""
    process = BeatProcess(environment, tmp_path / "beat.log")
    yield process
    process.kill()


@pytest.fixture(scope="session")
def worker_modules(environment: dict[str, str]) -> dict[str, ModuleType]:
    """The worker's modules, loaded as a worker process of this run would load them."""
    with patch.dict(os.environ, environment):
        from worker import app, jobs, notices, upkeep
    return {module.__name__: module for module in (app, jobs, notices, upkeep)}


@pytest.fixture
def in_worker(
    app: Flask,
    office: PostOffice,
    worker_modules: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, ModuleType]:
    """The same, with tasks that run inside this test's application and mail server."""
    monkeypatch.setitem(
        app.config, "SETTINGS", replace(app.config["SETTINGS"], smtp_port=office.port)
    )
    for module in worker_modules.values():
        if hasattr(module, "flask_app"):
            monkeypatch.setattr(module, "flask_app", app)
    return worker_modules
