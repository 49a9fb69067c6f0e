"""One process of the running house: how it starts, when it is ready, how it ends."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.identity import Identity
from deploy.local.processes import POLL_SECONDS, started_at, stop_process

TAIL_LINES = 20


class DidNotStart(Exception):
    """A process ended, or was not ready in time; the text holds the end of its log."""


def _always() -> bool:
    return True


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Plan:
    """What a service is; `before` runs ahead of every start, `ready` is asked until it is true.

    One that others use (`is_used`) is stopped after all of them, one by one; the rest together.
    """

    name: str
    command: list[str]
    ready: Callable[[], bool] = _always
    before: Callable[[], None] = _nothing
    identity: Identity = field(default_factory=Identity)
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    stop_signal: int = signal.SIGTERM
    stop_seconds: float = 15.0
    start_seconds: float = 60.0
    is_used: bool = False


class Service:
    """A plan with its process, its log file and its pid file."""

    def __init__(self, plan: Plan, logs: Path, pids: Path) -> None:
        self.plan = plan
        self.log = logs / f"{plan.name}.log"
        self.pid_file = pids / f"{plan.name}.pid"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process without waiting for it."""
        self.plan.before()
        with self.log.open("ab") as output:
            self.process = self.plan.identity.start(
                self.plan.command,
                output=output,
                environment={**os.environ, **self.plan.environment},
                folder=self.plan.folder,
            )
        pid = self.process.pid
        self.pid_file.write_text(f"{pid} {int(self.plan.stop_signal)} {started_at(pid)}")

    def wait_ready(self) -> None:
        """Return when the service answers. Errors: DidNotStart."""
        deadline = time.monotonic() + self.plan.start_seconds
        while True:
            if self.returncode() is not None:
                raise DidNotStart(f"{self.plan.name} ended at once.\n{self.tail()}")
            if self.plan.ready():
                return
            if time.monotonic() > deadline:
                raise DidNotStart(f"{self.plan.name} did not get ready.\n{self.tail()}")
            time.sleep(POLL_SECONDS)

    def returncode(self) -> int | None:
        """How the process ended, None while it runs."""
        return None if self.process is None else self.process.poll()

    def tail(self) -> str:
        """The end of the log, for the console."""
        if not self.log.is_file():
            return ""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-TAIL_LINES:])

    def ask_to_stop(self) -> None:
        """Send the signal the process heeds, without waiting."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.plan.stop_signal)

    def wait_stopped(self) -> None:
        """Wait for the end that was asked for; kill the process's group when it takes too long."""
        if self.process is not None:
            try:
                self.process.wait(self.plan.stop_seconds)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.pid_file.unlink(missing_ok=True)

    def stop(self) -> None:
        """End the process in order."""
        self.ask_to_stop()
        self.wait_stopped()


def stop_leftovers(pids: Path) -> list[str]:
    """End what a killed supervisor left running, last started first; returns the names."""
    stopped = []
    for pid_file in sorted(pids.glob("*.pid"), key=lambda path: path.stat().st_mtime, reverse=True):
        pid, number, start = [*pid_file.read_text().split(" ", 2), "", "", ""][:3]
        if pid.isdigit() and start and started_at(int(pid)) == start:
            stop_process(int(pid), int(number))
            stopped.append(pid_file.stem)
        pid_file.unlink(missing_ok=True)
    return stopped
