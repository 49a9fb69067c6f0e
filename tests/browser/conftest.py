"""One running demonstration for the browser tests of a worker."""

import fcntl
from collections.abc import Iterator

import pytest

from tests.browser.demo_service import DemoService, demo_service, load_demonstration
from tests.fixtures.servers import Servers


@pytest.fixture(scope="session")
def demo(servers: Servers, worker_number: int) -> Iterator[DemoService]:
    """The demonstration with its invented people, in processes of its own."""
    with (servers.folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        load_demonstration(servers)
    with demo_service(servers, worker_number) as running:
        yield running
