"""P12: `make run` in a fresh copy of the tree, network warm, until the first page."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from deploy.local.places import free_port
from tests.bench.measuring import Row, absolute_row

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".venv", "var", "var.*", ".git", "__pycache__", ".mypy_cache", ".ruff_cache", "*.mo"
)
LONGEST = 600


def bench_startup() -> list[Row]:
    """Seconds from the command to a page in a folder that has nothing yet."""
    folder = Path(tempfile.mkdtemp(prefix="talentsvc-bench-"))
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT, symlinks=True)
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("TALENTSVC_")
    }
    started = time.perf_counter()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=tree,
            env={**environment, "PORT": str(port)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            seconds = _until_page(port, process, started)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(60)
    shutil.rmtree(folder, ignore_errors=True)
    return [absolute_row("P12", "make run in a fresh folder, to the first page", seconds, 60, "s")]


def _until_page(port: int, process: subprocess.Popen[bytes], started: float) -> float:
    while time.perf_counter() - started < LONGEST:
        if process.poll() is not None:
            raise RuntimeError(f"make run ended with {process.returncode}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return time.perf_counter() - started
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("no page")
