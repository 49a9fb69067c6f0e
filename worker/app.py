"""Celery: its broker, its queues, its schedule.

A task is only a hint that there is work; what is due stands in PostgreSQL and is found by age, so
the broker may lose everything at any time without loss of work (guarantees.md G5). Started as
`celery -A worker.app worker` and `celery -A worker.app beat`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import worker_process_init
from flask import Flask

from talentsvc import create_app
from talentsvc.extensions.database import after_fork
from talentsvc.extensions.key_proof import confirm_at_start
from talentsvc.settings import Settings

TASK_MODULES = ("worker.notices", "worker.upkeep", "worker.jobs")
#: No task may run longer than this: Redis would hand it out a second time.
LONGEST_TASK = timedelta(minutes=10)


def _every(task: str, schedule: timedelta | crontab, expires: timedelta) -> dict[str, Any]:
    """A schedule's line; a hint that was not read in time is dropped, the next one says the same."""
    options = {"expires": expires.total_seconds()}
    return {"task": task, "schedule": schedule, "options": options}


SCHEDULE = {
    "send notices": _every("notices.sweep", timedelta(seconds=10), timedelta(seconds=30)),
    "apply what fell due": _every(
        "upkeep.sweep_cases", timedelta(seconds=30), timedelta(seconds=60)
    ),
    "scan uploads": _every("upkeep.scan_files", timedelta(seconds=5), timedelta(seconds=15)),
    "go on with long work": _every("jobs.run_due", timedelta(seconds=30), timedelta(seconds=60)),
    "seal the record": _every("upkeep.seal_audit", timedelta(hours=1), timedelta(hours=1)),
    "publish the day's seal": _every(
        "upkeep.publish_seal", crontab(hour="0", minute="10"), timedelta(hours=20)
    ),
    "tidy up": _every("upkeep.housekeeping", timedelta(minutes=10), timedelta(minutes=10)),
}


class AppTask(Task):  # type: ignore[type-arg]  # generic only in the stubs
    """A task that runs inside the application, with a session of its own."""

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Run the task's function in a fresh application context."""
        with flask_app.app_context():
            return self.run(*args, **kwargs)


def make_celery(settings: Settings) -> Celery[AppTask]:
    """The Celery application for these settings."""
    celery: Celery[AppTask] = Celery(
        "talentsvc", broker=settings.redis_url, task_cls=AppTask, include=TASK_MODULES
    )
    celery.conf.update(
        accept_content=["json"],
        task_serializer="json",
        result_backend=None,
        task_ignore_result=True,
        task_acks_late=True,
        # A hint dies with the process that had it: the next sweep says the same, and a task that
        # ends its process is not handed out again and again without a pause.
        task_reject_on_worker_lost=False,
        task_time_limit=LONGEST_TASK.total_seconds(),
        task_default_queue="upkeep",
        task_create_missing_queues=True,
        task_routes={"notices.*": {"queue": "notices"}, "jobs.*": {"queue": "jobs"}},
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        # The broker going away must not end a task in the middle of a mail: what it would run
        # twice afterwards is harmless, a mail in doubt is a person's work.
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_connection_retry_on_startup=True,
        # A task of a killed worker comes back after `visibility_timeout`, which must exceed the
        # longest task, and as soon as the next look at unacknowledged tasks, here every 5 seconds.
        broker_transport_options={
            "visibility_timeout": int(2 * LONGEST_TASK.total_seconds()),
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
        },
        timezone="Asia/Shanghai",
        enable_utc=True,
        beat_schedule=SCHEDULE,
        beat_schedule_filename=str(settings.var_dir / "beat" / "schedule"),
        beat_max_loop_interval=5,
    )
    return celery


def _flask_app() -> Flask:
    app = create_app()
    confirm_at_start(app)
    (app.config["SETTINGS"].var_dir / "beat").mkdir(parents=True, exist_ok=True)
    return app


flask_app = _flask_app()
celery = make_celery(flask_app.config["SETTINGS"])


@worker_process_init.connect
def drop_inherited_connections(**_signal: object) -> None:
    """Connections that were opened before the fork must not be shared."""
    with flask_app.app_context():
        after_fork()
