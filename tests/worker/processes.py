"""A Celery worker as a process of its own, which a test may kill at any moment."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.local.places import ROOT
from deploy.local.processes import wait_until

STOP_SECONDS = 30.0
#: For whatever a test waits for; on a busy machine a worker needs some seconds to begin.
PATIENCE = 90.0


def wait_for(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return when the condition holds; fail the test when it does not come true in time."""
    assert wait_until(lambda: bool(condition()), seconds), "it did not happen in time"


class CeleryProcess:
    """One `celery` command of the product, with its log."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Start it; without waiting until it is ready."""
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "worker.app", *arguments],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def log(self) -> str:
        """Everything it printed."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        if self._process is not None and self.is_running():
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(STOP_SECONDS)

    def kill_children(self) -> int:
        """End the processes that do the work, while the one that starts them lives; how many."""
        assert self._process is not None
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self._process.pid)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
        for child in listed:
            os.kill(int(child), signal.SIGKILL)
        return len(listed)

    def stop(self) -> None:
        """End it in order."""
        if self._process is None or not self.is_running():
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


class WorkerProcess(CeleryProcess):
    """`celery worker` on all queues. `solo` is one process, so that killing it kills everything."""

    def start(self, pool: str = "solo") -> None:
        """Start it; it takes work as soon as it is up."""
        quiet = ("-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat")
        super().start("worker", "-P", pool, "-c", "2", "-Q", "notices,upkeep,jobs", *quiet)


class BeatProcess(CeleryProcess):
    """`celery beat`, the clock that says when to sweep."""

    def start(self) -> None:
        """Start it; the first sweep is due ten seconds later."""
        schedule = self._log.with_name("schedule")
        super().start("beat", "-s", str(schedule), "--pidfile=", "-l", "WARNING")
