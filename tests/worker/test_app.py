"""The worker's settings: nothing is lost with the broker, nothing runs twice for being slow."""

import json
import os
import subprocess
import sys

import pytest

from deploy.local.places import ROOT

TOLD = """
import json
from worker.app import SCHEDULE, TASK_MODULES, celery
celery.loader.import_default_modules()
print(json.dumps({
    "tasks": sorted(celery.tasks),
    "modules": sorted({task.__module__ for task in celery.tasks.values()}),
    "listed": sorted(TASK_MODULES),
    "schedule": [[line["task"], line["options"]["expires"]] for line in SCHEDULE.values()],
    "routes": {name: celery.amqp.router.route({}, name)["queue"].name for name in celery.tasks},
    "limit": celery.conf.task_time_limit,
    "transport": celery.conf.broker_transport_options,
    "accepts": celery.conf.accept_content,
    "backend": type(celery.backend).__name__,
    "late": celery.conf.task_acks_late,
    "prefetch": celery.conf.worker_prefetch_multiplier,
}))
"""


@pytest.fixture(scope="module")
def told(environment: dict[str, str]) -> dict:
    """What a worker process says of itself."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD],
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_scheduled_task_exists(told: dict) -> None:
    assert {name for name, _expires in told["schedule"]} <= set(told["tasks"])


def test_every_module_with_tasks_is_loaded(told: dict) -> None:
    with_tasks = {
        f"worker.{path.stem}"
        for path in (ROOT / "worker").glob("*.py")
        if "@celery.task" in path.read_text()
    }
    assert with_tasks == set(told["listed"])
    assert with_tasks <= set(told["modules"])


def test_hints_do_not_pile_up_while_no_worker_runs(told: dict) -> None:
    assert all(expires > 0 for _name, expires in told["schedule"])


def test_every_task_of_ours_goes_to_a_queue_that_is_served(told: dict) -> None:
    ours = {name: queue for name, queue in told["routes"].items() if not name.startswith("celery.")}
    assert ours
    assert set(ours.values()) <= {"notices", "upkeep", "jobs"}


def test_a_slow_task_is_ended_before_redis_hands_it_out_again(told: dict) -> None:
    assert told["limit"] < told["transport"]["visibility_timeout"]


def test_a_killed_worker_s_task_comes_back(told: dict) -> None:
    assert told["late"] is True
    assert told["prefetch"] == 1
    assert told["transport"]["unacked_restore_interval"] <= 10
    assert told["transport"]["unacked_restore_throttle"] == 1


def test_nothing_but_json_and_no_results(told: dict) -> None:
    assert told["accepts"] == ["json"]
    assert told["backend"] == "DisabledBackend"
