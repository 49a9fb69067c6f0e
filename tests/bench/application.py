"""P1: an application from the first page to the receipt, against the floor's form."""

from __future__ import annotations

from pathlib import Path

from deploy.local.postgres import Cluster
from tests.bench.measuring import Row


def bench_application(cluster: Cluster, folder: Path) -> list[Row]:
    """Filled in once the applicant's pages are final."""
    return []
