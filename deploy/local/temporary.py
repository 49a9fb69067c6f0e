"""A private PostgreSQL for one check or one benchmark: gone when the block ends."""

import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local.postgres import Cluster
from deploy.local.services import Plan, Service

# Nothing here outlives the run, so nothing need survive a power cut.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "120",
    "shared_buffers": "64MB",
}


def postgres_plan(cluster: Cluster) -> Plan:
    """How a cluster is started and, with SIGINT, stopped without waiting for its clients."""
    return Plan(
        "postgres",
        cluster.command(),
        ready=cluster.is_ready,
        before=cluster.prepare,
        identity=cluster.identity,
        stop_signal=signal.SIGINT,
        stop_seconds=30,
        is_used=True,
    )


@contextmanager
def temporary_postgres(settings: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """An empty cluster with the product's two roles."""
    folder = Path(tempfile.mkdtemp(prefix="talentsvc-"))
    # The server's own user must be able to pass through.
    folder.chmod(0o711)
    cluster = Cluster.at(folder / "postgres", folder / "pg", FAST if settings is None else settings)
    service = Service(postgres_plan(cluster), folder, folder)
    try:
        service.start()
        service.wait_ready()
        cluster.ensure_roles()
        yield cluster
    finally:
        service.stop()
        shutil.rmtree(folder, ignore_errors=True)
