"""Recognising and ending processes, also ones that an earlier, killed run left behind."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

POLL_SECONDS = 0.05
GENTLE_SECONDS = 10.0


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _ps(pid: int, column: str) -> str:
    try:
        asked = ["ps", "-o", f"{column}=", "-p", str(pid)]
        done = subprocess.run(asked, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs; one that has ended and was not collected does not."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        with contextlib.suppress(OSError):
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
        return False
    return _ps(pid, "state")[:1] not in {"", "Z"}


def started_at(pid: int) -> str:
    """A text that tells this process from a later one of the same number; empty when it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return _ps(pid, "lstart")


def is_running_with(pid: int, argument: str) -> bool:
    """Whether the process runs and its command line names the argument."""
    if not is_alive(pid):
        return False
    with contextlib.suppress(OSError):
        return argument.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    return argument in _ps(pid, "command")


def stop_process(pid: int, number: int, seconds: float = GENTLE_SECONDS) -> None:
    """End a process that is not our child: the signal it heeds, then SIGKILL for its whole group."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
        if not wait_until(lambda: not is_alive(pid), seconds):
            os.killpg(os.getpgid(pid), signal.SIGKILL)
            wait_until(lambda: not is_alive(pid), GENTLE_SECONDS)
