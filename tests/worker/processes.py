"""A Celery worker as a process of its own, which a test may kill at any moment."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.local.places import ROOT
from deploy.local.processes import wait_until

START_SECONDS = 60.0
STOP_SECONDS = 30.0
#: For whatever a test waits for; on a busy machine a worker needs some seconds to begin.
PATIENCE = 60.0


def wait_for(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return when the condition holds; fail the test when it does not come true in time."""
    assert wait_until(lambda: bool(condition()), seconds), "it did not happen in time"


class WorkerProcess:
    """`celery worker` on all queues. `solo` is one process, so that killing it kills everything."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment = {**os.environ, **environment}
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, pool: str = "solo", beat: bool = False) -> None:
        """Start it; it takes work as soon as it is up."""
        command = [sys.executable, "-m", "celery", "-A", "worker.app", "worker"]
        command += ["-P", pool, "-c", "2", "-Q", "notices,upkeep,jobs", "-l", "WARNING"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        command += ["-B", "-s", str(self._folder / "beat")] if beat else []
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def _log(self) -> Path:
        return self._folder / "worker.log"

    def log(self) -> str:
        """Everything it printed."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def kill_children(self) -> int:
        """End the processes that do the work, while the one that starts them lives; how many."""
        assert self._process is not None
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self._process.pid)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        # Celery's clock is a child too, and must live.
        children = [
            int(line.split()[0]) for line in listed.splitlines() if "beat" not in line.lower()
        ]
        for child in children:
            os.kill(child, signal.SIGKILL)
        return len(children)

    def stop(self) -> None:
        """End it in order."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def _signal(self, number: int) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        os.killpg(self._process.pid, number)
        self._process.wait(STOP_SECONDS)
