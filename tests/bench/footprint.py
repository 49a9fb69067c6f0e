"""P11: what importing the application costs, and the memory of one web worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.measuring import Row, absolute_row, ratio_row

ROOT = Path(__file__).resolve().parents[2]
FLOOR = "import flask, flask_sqlalchemy, psycopg, celery, babel"
TIMES = 7
#: `ru_maxrss` would tell the size of this process, from which the measured one was forked.
MEMORY = (
    "import pathlib, wsgi; wsgi.app.test_client().get('/healthz');"
    # Not ru_maxrss: a child begins with its parent's peak, here that of the whole benchmark.
    "status = pathlib.Path('/proc/self/status').read_text();"
    "print(int(status.partition('VmHWM:')[2].split()[0]) // 1024)"
)


def _cpu_of(code: str, environment: dict[str, str]) -> float:
    """Least CPU of some runs: what the code costs when nothing disturbs it."""
    costs = []
    for _ in range(TIMES):
        before = os.times()
        subprocess.run([sys.executable, "-c", code], env=environment, check=True, cwd=ROOT)
        after = os.times()
        costs.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    return min(costs)


def bench_footprint(environment: dict[str, str]) -> list[Row]:
    """Import CPU against the libraries alone; resident memory after the first answer."""
    floor = _cpu_of(FLOOR, environment)
    ours = _cpu_of("import talentsvc", environment)
    memory = subprocess.run(
        [sys.executable, "-c", MEMORY],
        env=environment,
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return [
        ratio_row("P11", "import of the application, CPU", ours * 1000, floor * 1000, 1.6),
        absolute_row(
            "P11",
            "memory of one web worker after its first answer",
            float(memory.stdout.split()[-1]),
            130,
            "MB",
        ),
    ]
