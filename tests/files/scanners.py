"""Scanners for the tests: the demonstration's as a process, and others that misbehave."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy.local.demo_scanner import EICAR
from deploy.local.processes import wait_until
from talentsvc.files.scanning import ClamdScanner
from talentsvc.files.terms import ScanState

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
#: Debian's scanner, where somebody installed it; the same tests then run against it too.
CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def running(command: list[str], path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A scanner's process, from the moment it answers; it is ended in order."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        scanner = ClamdScanner(str(path), timeout=5, allows_demo=True)
        wait_until(lambda: scanner.scan(b"ready?").state is ScanState.CLEAN, START_SECONDS)
        yield process
    finally:
        process.terminate()
        process.wait(15)


def demo_command(path: Path) -> list[str]:
    """How the demonstration's scanner is started."""
    return [sys.executable, "-m", "deploy.local.demo_scanner", str(path)]


def clamd_command(folder: Path, path: Path) -> list[str]:
    """A real clamd with a signature of its own for the test text anywhere in a file."""
    (folder / "db").mkdir()
    (folder / "db" / "own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}/db\nLocalSocket {path}\nForeground yes\n"
        "LogFile /dev/null\nUser root\nOfficialDatabaseOnly no\nStreamMaxLength 25M\n"
    )
    return [str(CLAMD), "-c", str(folder / "clamd.conf")]


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder with a short path, since a socket's address holds some 100 bytes."""
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        yield Path(folder)


@contextmanager
def answering(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A scanner on a port that does what `talk` does with each connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, suppress(OSError):
                        talk(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)
