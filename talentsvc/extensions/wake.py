"""Waking workers: a hint after the commit that there is work, never the work itself.

Redis may be empty, slow or gone; the sweeps of the worker find everything by age (guarantees.md G5).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import current_app

from talentsvc.extensions.unit_of_work import after_commit

if TYPE_CHECKING:
    from celery import Celery


@lru_cache(maxsize=4)
def _sender(broker_url: str) -> Celery:
    """A client that only sends: no results, no retry, and a connect limit of 0.2 seconds.

    Celery is loaded by the first hint that a process sends, or by the web server before it forks:
    commands and readers of pages need none of it.
    """
    from celery import Celery

    client = Celery("talentsvc", broker=broker_url, set_as_current=False)
    client.conf.update(
        task_ignore_result=True,
        broker_connection_retry=False,
        broker_connection_max_retries=0,
        broker_transport_options={
            "socket_connect_timeout": 0.2,
            "socket_timeout": 0.5,
            "max_retries": 0,
        },
    )
    return client


def wake(task: str, queue: str) -> None:
    """Send the named task once the current transaction is committed; at most once a transaction."""
    broker_url = cast(str, current_app.config["SETTINGS"].redis_url)
    after_commit(_Wake(broker_url, task, queue))


class _Wake:
    """One wake-up; equal ones in a transaction are one."""

    def __init__(self, broker_url: str, task: str, queue: str) -> None:
        self.broker_url = broker_url
        self.task = task
        self.queue = queue
        self.__name__ = f"wake {task}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wake) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str, str, str]:
        return self.broker_url, self.task, self.queue

    def __call__(self) -> None:
        _sender(self.broker_url).send_task(
            self.task, queue=self.queue, ignore_result=True, retry=False
        )
