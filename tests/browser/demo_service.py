"""The demonstration as separate processes, with a database, a broker and a mail server of its own.

What it is made of can be taken away and brought back while somebody uses it.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from celery import Celery

from deploy.local.house import answers
from deploy.local.places import free_port
from deploy.local.postgres import APP, OWNER, Cluster
from deploy.local.services import Plan, Service
from deploy.local.valkey import Valkey
from tests.browser.post_office import PostOffice
from tests.fixtures.house import PIDS, TEMPLATE
from tests.fixtures.servers import Servers
from tests.fixtures.service import ROOT
from tests.fixtures.surroundings import surroundings

DEMO_TEMPLATE = "template_demo"
LOAD = "from talentsvc.cli import main; main()"
WORKER = "celery -A worker.app worker -B -c 2 -l WARNING --without-gossip --without-mingle"
#: Where the messages of the invented past go: nobody is woken by them.
NOBODY = 15


@dataclass(frozen=True)
class DemoService:
    """A running demonstration: where it answers, and hands to take it apart with."""

    url: str
    folder: Path
    cluster: Cluster
    database: str
    post: PostOffice
    broker_url: str
    processes: dict[str, Service]

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database holds."""
        with self.cluster.connect(self.database) as connection:
            return connection.execute(statement, values).fetchall()

    @contextmanager
    def at_the_database(self) -> Iterator[psycopg.Connection]:
        """One transaction past the product, for what no page may do: moving dates."""
        with self.cluster.connect(self.database) as connection, connection.transaction():
            # Fires no trigger: the tables of events refuse every change otherwise.
            connection.execute("SET LOCAL session_replication_role = replica")
            yield connection

    def ask_worker(self, task: str, queue: str) -> None:
        """What beat would send a little later."""
        with closing(Celery(broker=self.broker_url)) as celery:
            celery.send_task(task, queue=queue)

    def kill(self, name: str) -> None:
        """End a process and its children as a power cut would."""
        service = self.processes[name]
        assert service.process is not None
        os.killpg(service.process.pid, signal.SIGKILL)
        service.process.wait()

    def start(self, name: str) -> None:
        """Start a process again; returns when it is ready."""
        self.processes[name].start()
        self.processes[name].wait_ready()

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """One process is gone while the block runs."""
        self.kill(name)
        try:
            yield
        finally:
            self.start(name)


def load_demonstration(servers: Servers) -> Path:
    """A database template with the invented people, made once a run; gives the folder of its files."""
    var = servers.folder / "demo-var"
    if (var / "loaded").is_file():
        return var
    servers.cluster.ensure_database("demo_loading")
    _clone(servers.cluster, "demo_loading", TEMPLATE)
    environment = _settings(servers, var, "demo_loading", servers.valkey.broker_url(NOBODY), 25)
    done = subprocess.run(
        [sys.executable, "-c", LOAD, "demo", "load"],
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    with servers.cluster.connect() as connection:
        connection.execute(f"ALTER DATABASE demo_loading RENAME TO {DEMO_TEMPLATE}")
    (var / "loaded").touch()
    return var


def _clone(cluster: Cluster, name: str, template: str) -> None:
    with cluster.connect() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")


def _settings(
    servers: Servers, var: Path, database: str, redis_url: str, smtp_port: int
) -> dict[str, str]:
    return {
        **surroundings(
            servers.folder,
            var,
            database_url=servers.cluster.url(APP, database),
            owner_url=servers.cluster.url(OWNER, database),
            redis_url=redis_url,
            smtp_port=smtp_port,
        ),
        "TALENTSVC_ENV": "demo",
    }


def _plans(environment: dict[str, str], port: int, valkey: Valkey, scanner: Path) -> list[Plan]:
    def own(name: str, arguments: list[str], **plan: Any) -> Plan:
        command = [sys.executable, "-m", *arguments]
        return Plan(name, command, environment=environment, folder=ROOT, **plan)

    return [
        Plan("valkey", valkey.command(), ready=valkey.is_ready, before=valkey.prepare),
        own(
            "scanner",
            ["deploy.local.demo_scanner", str(scanner)],
            ready=scanner.exists,
            before=lambda: scanner.unlink(missing_ok=True),
        ),
        own(
            "web",
            ["gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"],
            ready=lambda: answers("127.0.0.1", port),
        ),
        own("worker", [*WORKER.split(), "-Q", "notices,upkeep,jobs"]),
    ]


@contextmanager
def demo_service(servers: Servers, number: int) -> Iterator[DemoService]:
    """The demonstration, running; gone when the block ends."""
    files = load_demonstration(servers)
    folder = servers.folder / f"demo-{number}"
    shutil.copytree(files, folder)
    (folder / PIDS).mkdir()
    database = f"demo_{number}"
    _clone(servers.cluster, database, DEMO_TEMPLATE)
    valkey = Valkey(folder / "valkey", folder / "valkey.sock", is_durable=False)
    scanner = folder / "scanner.sock"
    port, post = free_port(), PostOffice()
    environment = {
        **_settings(servers, folder, database, valkey.broker_url(), post.port),
        "TALENTSVC_PUBLIC_BASE_URL": f"http://localhost:{port}",
        "TALENTSVC_CLAMD_SOCKET": str(scanner),
        "GUNICORN_BIND": f"127.0.0.1:{port}",
        "GUNICORN_THREADS": "4",
    }
    plans = _plans(environment, port, valkey, scanner)
    processes = {plan.name: Service(plan, folder, folder / PIDS) for plan in plans}
    post.open()
    try:
        for process in processes.values():
            process.start()
        for process in processes.values():
            process.wait_ready()
        url = environment["TALENTSVC_PUBLIC_BASE_URL"]
        yield DemoService(
            url, folder, servers.cluster, database, post, valkey.broker_url(), processes
        )
    finally:
        for process in reversed(processes.values()):
            process.stop()
        post.close()
