"""The schedule names tasks that exist and run, hints go where somebody listens, and none waits in Redis."""

import ast
import inspect
import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

from deploy.local.house import House, Ports
from deploy.local.places import ROOT
from talentsvc.files.actions import store_file
from talentsvc.jobs.actions import start_job
from talentsvc.notices.actions import post
from talentsvc.notices.terms import NoticeState
from tests.fixtures import service
from tests.notices.outbox import post_one, state
from tests.notices.post_office import PostOffice

SOURCES = sorted([*(ROOT / "talentsvc").rglob("*.py"), *(ROOT / "worker").rglob("*.py")])
Modules = dict[str, ModuleType]


def house(tmp_path: Path) -> House:
    """The processes of `make run`, without starting any."""
    places = SimpleNamespace(sockets=tmp_path, keys=tmp_path, var=tmp_path, mail=tmp_path)
    cluster = SimpleNamespace(url=lambda *_: "postgresql://")
    valkey = SimpleNamespace(broker_url=lambda _: "redis://", limiter_url=lambda _: "memory://")
    return House(places, Ports(1, 2, 3), "127.0.0.1", "http://localhost", cluster, valkey)


def served_by(command: list[str]) -> set[str]:
    return set(command[command.index("-Q") + 1].split(","))


def queue_of(modules: Modules, task: str) -> str:
    celery = modules["worker.app"].celery
    return celery.amqp.router.route({}, task)["queue"].name


def test_every_line_of_the_schedule_runs(in_worker: Modules, app_context: None) -> None:
    """On an empty database each task ends well; what it does to rows is its action's test."""
    app = in_worker["worker.app"]
    for line in app.SCHEDULE.values():
        app.celery.tasks[line["task"]].apply(throw=True)


def test_the_sweep_sends_what_is_due(
    in_worker: Modules, app_context: None, office: PostOffice
) -> None:
    notice_id = post_one()
    in_worker["worker.notices"].sweep_notices.apply(throw=True)
    assert state(notice_id) is NoticeState.SENT
    assert len(office.received) == 1


def test_the_hint_after_a_commit_names_a_task_and_its_queue(worker_modules: Modules) -> None:
    wakes = {
        post.SEND_TASK: post.QUEUE,
        start_job.RUN_TASK: start_job.QUEUE,
        store_file.SCAN_TASK: store_file.QUEUE,
    }
    for task, queue in wakes.items():
        assert task in worker_modules["worker.app"].celery.tasks
        assert queue_of(worker_modules, task) == queue


def test_no_other_module_wakes_anybody() -> None:
    """So that the list above is the whole list."""
    waking = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if any(name == "wake" for name, _keywords in calls(path))
    }
    assert waking == {
        "talentsvc/notices/actions/post.py",
        "talentsvc/notices/actions/resend.py",
        "talentsvc/jobs/actions/start_job.py",
        "talentsvc/files/actions/store_file.py",
    }


def test_every_queue_is_listened_to(worker_modules: Modules, tmp_path: Path) -> None:
    app = worker_modules["worker.app"]
    queues = {queue_of(worker_modules, line["task"]) for line in app.SCHEDULE.values()}
    assert queues <= served_by(house(tmp_path).worker().command)
    in_tests = re.search(r'"-Q", "([a-z,]+)"', inspect.getsource(service))
    assert in_tests is not None
    assert queues <= set(in_tests[1].split(","))


def calls(path: Path) -> list[tuple[str, set[str | None]]]:
    """Every call in a module: the name that is called, and its keywords."""
    return [
        (
            getattr(node.func, "id", getattr(node.func, "attr", "")),
            {keyword.arg for keyword in node.keywords},
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def test_nothing_waits_in_redis_for_its_time() -> None:
    """What is due later is a row with a time: Redis may be emptied, and hands long waits out twice."""
    for path in SOURCES:
        for name, keywords in calls(path):
            assert name not in {"apply_async", "delay", "retry"}, path
            assert not {"eta", "countdown"} & keywords, path


def test_losing_the_broker_ends_no_task_in_the_middle(worker_modules: Modules) -> None:
    settings = worker_modules["worker.app"].celery.conf
    assert settings.worker_cancel_long_running_tasks_on_connection_loss is False
    assert settings.task_reject_on_worker_lost is False
