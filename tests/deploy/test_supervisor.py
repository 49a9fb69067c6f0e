"""Services are started in order, started again when they die, and stopped in the opposite order."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local import supervisor as module
from deploy.local.processes import is_alive, wait_until
from deploy.local.services import DidNotStart, Plan, Service, stop_leftovers
from deploy.local.supervisor import StopRequested, Supervisor

# Blocked before it is waited for, so that an early signal is kept.
WAITS = (
    "import signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM]); "
    "open('ready-' + sys.argv[1], 'w'); signal.sigwait([signal.SIGTERM]); "
)
NOTES = "open('stops', 'a').write(sys.argv[1] + '\\n')"


def plan(name: str, folder: Path, code: str = WAITS + NOTES, **options) -> Plan:
    return Plan(name, [sys.executable, "-S", "-c", code, name], folder=folder, **options)


def service(name: str, folder: Path, code: str = WAITS + NOTES, **options) -> Service:
    return Service(plan(name, folder, code, **options), folder, folder)


@pytest.fixture
def house() -> Iterator[Supervisor]:
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


def test_stopping_goes_backwards(tmp_path: Path, house: Supervisor) -> None:
    """What others use ends after all of them, the last started first."""
    uses = {"postgres": True, "valkey": True, "web": False, "worker": False}
    for name, is_used in uses.items():
        mark = tmp_path / f"ready-{name}"
        house.start_and_wait(service(name, tmp_path, ready=mark.exists, is_used=is_used))
    house.stop()
    stops = (tmp_path / "stops").read_text().split()
    assert sorted(stops[:2]) == ["web", "worker"]
    assert stops[2:] == ["valkey", "postgres"]
    assert not list(tmp_path.glob("*.pid"))


def test_what_does_not_listen_is_killed_with_its_children(
    tmp_path: Path, house: Supervisor
) -> None:
    deaf = (
        "import os, signal, sys, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "child = os.fork(); pathlib.Path('child').write_text(str(os.getpid())) if not child else 0; "
        "signal.pause()"
    )
    child = tmp_path / "child"
    started = service("worker", tmp_path, deaf, ready=lambda: bool(_text(child)), stop_seconds=0.1)
    house.start_and_wait(started)
    house.stop()
    assert started.returncode() == -signal.SIGKILL
    assert wait_until(lambda: not is_alive(int(_text(child))), 10)


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def test_what_ends_at_once_is_told_with_its_last_words(tmp_path: Path, house: Supervisor) -> None:
    with pytest.raises(DidNotStart, match="no such table"):
        house.start_and_wait(
            service("web", tmp_path, "raise SystemExit('no such table')", ready=bool)
        )


def test_what_never_gets_ready_is_given_up(tmp_path: Path, house: Supervisor) -> None:
    slow = service("web", tmp_path, ready=lambda: False, start_seconds=0.2)
    with pytest.raises(DidNotStart, match="did not get ready"):
        house.start_and_wait(slow)


def test_a_killed_service_is_started_again(
    tmp_path: Path,
    house: Supervisor,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.02)
    worker = service("worker", tmp_path)
    house.start(worker)
    assert worker.process is not None
    first = worker.process.pid

    def came_back() -> bool:
        return worker.process is not None and worker.process.pid != first

    def end_the_watch() -> None:
        wait_until(came_back, 20)
        # The parent seems to be gone: that ends the watch without a signal to the test process.
        house._parent = -1

    os.kill(first, signal.SIGKILL)
    helper = threading.Thread(target=end_the_watch)
    helper.start()
    with pytest.raises(StopRequested):
        house.watch()
    helper.join()
    assert came_back()
    assert is_alive(worker.process.pid)
    assert "worker ended (code -9)" in capsys.readouterr().out


def test_what_a_killed_supervisor_left_is_stopped(tmp_path: Path) -> None:
    left = service("postgres", tmp_path)
    left.start()
    assert left.process is not None
    # Collected in the background, as the system does with an orphan.
    collector = threading.Thread(target=left.process.wait)
    collector.start()
    assert stop_leftovers(tmp_path) == ["postgres"]
    collector.join()
    assert left.returncode() is not None
    assert not (tmp_path / "postgres.pid").exists()


def test_a_process_that_only_has_the_same_number_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    (tmp_path / "web.pid").write_text(f"{stranger.pid} {int(signal.SIGTERM)} 12345")
    assert stop_leftovers(tmp_path) == []
    assert stranger.poll() is None
    assert not (tmp_path / "web.pid").exists()
    stranger.communicate(b"\n")


@pytest.mark.parametrize("text", ["", "abc", "12", "999999999 15 77"])
def test_a_damaged_note_stops_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "web.pid").write_text(text)
    assert stop_leftovers(tmp_path) == []
