"""What `make run` starts: each process with its command, and the settings they all get."""

import http.client
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.places import ROOT, Places, is_free
from deploy.local.postgres import APP, OWNER, Cluster
from deploy.local.services import Plan
from deploy.local.temporary import postgres_plan
from deploy.local.valkey import Valkey

PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of this run, all on the loopback address unless HOST says otherwise."""

    web: int
    smtp: int
    mail_pages: int


@dataclass(frozen=True)
class House:
    """The plans of all processes, in no order: the order is the caller's."""

    places: Places
    ports: Ports
    host: str
    public_url: str
    cluster: Cluster
    valkey: Valkey

    @classmethod
    def at(cls, places: Places, ports: Ports, host: str, public_url: str) -> "House":
        """Errors: NoPostgres, CannotLeaveRoot, NoValkey."""
        cluster = Cluster.at(places.var / "postgres", places.sockets / "pg")
        valkey = Valkey(places.var / "valkey", places.sockets / "valkey.sock")
        return cls(places, ports, host, public_url, cluster, valkey)

    @property
    def scanner_socket(self) -> Path:
        """Where the demonstration scanner listens."""
        return self.places.sockets / "scanner.sock"

    @property
    def keyring(self) -> Path:
        """The file of the keys that encrypt, find and seal."""
        return self.places.keys / "keyring.json"

    def environment(self) -> dict[str, str]:
        """The settings of the processes that serve: they never see the owner's address."""
        return {
            "TALENTSVC_ENV": "demo",
            "TALENTSVC_DATABASE_URL": self.cluster.url(APP),
            "TALENTSVC_REDIS_URL": self.valkey.broker_url(0),
            "TALENTSVC_LIMITER_URL": self.valkey.limiter_url(1),
            "TALENTSVC_VAR": str(self.places.var),
            "TALENTSVC_PUBLIC_BASE_URL": self.public_url,
            "TALENTSVC_SMTP_HOST": "127.0.0.1",
            "TALENTSVC_SMTP_PORT": str(self.ports.smtp),
            "TALENTSVC_CLAMD_SOCKET": str(self.scanner_socket),
            "TALENTSVC_SECRET_KEY_FILE": str(self.places.keys / "secret_key"),
            "TALENTSVC_KEYRING_FILE": str(self.keyring),
            "PYTHONUNBUFFERED": "1",
        }

    def owner_environment(self) -> dict[str, str]:
        """The settings of a command that may change tables."""
        return {**self.environment(), "TALENTSVC_OWNER_DATABASE_URL": self.cluster.url(OWNER)}

    def postgres(self) -> Plan:
        """The database."""
        return postgres_plan(self.cluster)

    def broker(self) -> Plan:
        """What wakes the workers."""
        return Plan(
            "valkey",
            self.valkey.command(),
            ready=self.valkey.is_ready,
            before=self.valkey.prepare,
            environment={"LC_ALL": "C"},
            is_used=True,
        )

    def scanner(self) -> Plan:
        """The demonstration scanner, which speaks clamd's protocol."""
        return self._own(
            "scanner",
            ["-m", "deploy.local.demo_scanner", str(self.scanner_socket)],
            ready=self.scanner_socket.exists,
            before=lambda: self.scanner_socket.unlink(missing_ok=True),
        )

    def mail_catcher(self) -> Plan:
        """Takes every mail and shows it on a page."""
        return self._own(
            "mail",
            [
                "-m",
                "deploy.local.mailcatcher",
                str(self.places.mail),
                str(self.ports.smtp),
                str(self.ports.mail_pages),
            ],
            ready=lambda: not is_free(self.ports.mail_pages),
        )

    def web(self) -> Plan:
        """gunicorn; finishes the requests under way before it ends."""
        reachable = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104 - a comparison
        return self._own(
            "web",
            ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"],
            ready=lambda: answers(reachable, self.ports.web),
            environment={"GUNICORN_BIND": f"{self.host}:{self.ports.web}"},
            stop_seconds=25,
        )

    def worker(self) -> Plan:
        """The Celery worker; a task that takes long is ended and comes back (acks_late)."""
        queues = "notices,upkeep,jobs"
        options = ["-Q", queues, "-c", "2", "-l", "WARNING", "--without-gossip", "--without-mingle"]
        command = ["-m", "celery", "-A", "worker.app", "worker", *options]
        return self._own("worker", command, stop_seconds=10)

    def beat(self) -> Plan:
        """Celery's clock; a pid file of its own would outlive a kill."""
        options = ["--pidfile=", "-l", "WARNING"]
        return self._own("beat", ["-m", "celery", "-A", "worker.app", "beat", *options])

    def _own(
        self,
        name: str,
        arguments: list[str],
        *,
        environment: Mapping[str, str] | None = None,
        **plan: object,
    ) -> Plan:
        settings = {**self.environment(), **(environment or {})}
        command = [PYTHON, *arguments]
        return Plan(name, command, environment=settings, folder=ROOT, **plan)  # type: ignore[arg-type]


def answers(host: str, port: int) -> bool:
    """Whether a web server there gives the product's health page."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
