"""`make bench`: private servers, floor and product in turn, one table, `var/bench.json`.

`BENCH_SIZES=1000,100000,1000000` chooses the sizes of P3, `BENCH_ONLY=P3,P11` some of the figures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from deploy.local.temporary import temporary_postgres
from tests.bench.application import bench_application
from tests.bench.fair import bench_fair
from tests.bench.footprint import bench_footprint
from tests.bench.lists import bench_lists
from tests.bench.measuring import Row, print_table
from tests.bench.product import environment_for
from tests.bench.startup import bench_startup

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_SIZES = "1000,100000"


def main() -> int:
    """Measure what was asked for; 1 when a budget is broken."""
    only = set(os.environ.get("BENCH_ONLY", "P1,P2,P3,P11,P12").split(","))
    sizes = tuple(int(size) for size in os.environ.get("BENCH_SIZES", DEFAULT_SIZES).split(","))
    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory(prefix="talentsvc-bench-") as name,
        temporary_postgres() as cluster,
    ):
        folder = Path(name)
        if "P1" in only:
            rows += bench_application(cluster, folder)
        if "P2" in only:
            rows += bench_fair(cluster, folder)
        if "P3" in only:
            rows += bench_lists(cluster, folder, sizes)
        if "P11" in only:
            from talentsvc.core.crypto import KeyRing

            environment = environment_for(cluster, "talentsvc", folder / "footprint")
            KeyRing.generate().save(environment["TALENTSVC_KEYRING_FILE"])
            rows += bench_footprint(environment)
    if "P12" in only:
        rows += bench_startup()
    print_table(rows, ROOT / "var" / "bench.json")
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
