"""`make run` in a terminal: it opens, survives kills, keeps its data, and Ctrl-C ends it with 0."""

import http.client
import os
import pty
import select
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.places import ROOT, free_port
from deploy.local.processes import is_alive, wait_until

START_SECONDS = 150
READY = "Ctrl-C stops everything"


class Terminal:
    """`make run` behind a terminal of its own, with what it printed."""

    def __init__(self, var: Path, port: int) -> None:
        self.text = ""
        self.port = port
        environment = {**os.environ, "VAR_DIR": str(var), "PORT": str(port)}
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.execvpe("make", ["make", "run"], environment)  # noqa: S606 - no shell wanted

    def read(self) -> bool:
        """Read what was printed; False when nobody is there to print any more."""
        try:
            read = os.read(self.screen, 65536)
        except OSError:
            return False
        self.text += read.decode(errors="replace")
        return bool(read)

    def read_until(self, words: str) -> None:
        """Wait for the words; what was printed instead is the failure's message."""
        deadline = time.monotonic() + START_SECONDS
        while words not in self.text:
            assert time.monotonic() < deadline, self.text
            if select.select([self.screen], [], [], 1)[0]:
                assert self.read(), self.text

    def press_ctrl_c(self) -> int:
        """The exit code of make after Ctrl-C."""
        os.write(self.screen, b"\x03")
        return self.end()

    def end(self) -> int:
        """Read to the end and give the exit code."""
        while self.read():
            pass
        os.close(self.screen)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    code = connection.getresponse().status
    connection.close()
    return code


def numbers(var: Path) -> dict[str, int]:
    """The process of each service."""
    return {path.stem: int(path.read_text().split()[0]) for path in (var / "run").glob("*.pid")}


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("run") / "var"
    yield folder
    for pid in numbers(folder).values() if (folder / "run").is_dir() else ():
        os.kill(pid, signal.SIGKILL)


@pytest.mark.timeout(3 * START_SECONDS)
def test_open_kill_open_again_and_close(var: Path) -> None:
    first = Terminal(var, free_port())
    first.read_until(READY)
    assert f"http://localhost:{first.port}" in first.text
    assert status(first.port, "/readyz") == 200
    assert status(first.port, "/") == 200
    before = numbers(var)
    assert {"postgres", "valkey", "web", "worker", "beat", "mail", "scanner"} <= before.keys()

    supervisor = int(Path(f"/proc/{before['web']}/stat").read_text().rpartition(")")[2].split()[1])
    for pid in (supervisor, before["postgres"], before["worker"]):
        os.kill(pid, signal.SIGKILL)
    assert first.end() != 0

    second = Terminal(var, free_port())
    second.read_until(READY)
    assert not any(is_alive(pid) for pid in before.values())
    assert "Stopped web" in second.text
    assert status(second.port, "/readyz") == 200
    after = numbers(var)
    assert second.press_ctrl_c() == 0
    assert wait_until(lambda: not any(is_alive(pid) for pid in after.values()), 10)
    assert not (var / "run" / "address").exists()
