"""A private PostgreSQL: its programs, its data folder, its two roles, its socket.

It listens on no network address. The socket's folder belongs to the server alone, so `trust` lets
in nobody who could not read the data files anyway.
"""

import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from deploy.local.identity import Identity, identities_for
from deploy.local.processes import is_running_with, stop_process
from deploy.local.programs import NoPostgres, Programs, programs_for, readable_copy

DATABASE = "talentsvc"
OWNER = "talentsvc_owner"
APP = "talentsvc_app"
SUPERUSER = "postgres"
# The character type must be UTF-8, or the server splits no Chinese text into words.
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8")


@dataclass(frozen=True)
class Cluster:
    """One private server: where its data and its socket are, and how it is set."""

    programs: Programs
    data: Path
    sockets: Path
    identity: Identity
    settings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, data: Path, sockets: Path, settings: Mapping[str, str] | None = None) -> "Cluster":
        """The cluster of a data folder, whose parent folder exists.

        Errors: NoPostgres, CannotLeaveRoot.
        """
        programs = programs_for(data)
        identities = identities_for(data.parent)
        for identity in identities:
            if identity.runs(programs.folder / "postgres"):
                return cls(programs, data, sockets, identity, settings or {})
        return cls(readable_copy(programs), data, sockets, identities[0], settings or {})

    def prepare(self) -> None:
        """Make the data folder if there is none, own it, and clear what a killed server left."""
        if not (self.data / "PG_VERSION").is_file():
            self._make_data()
        self.identity.take(self.data)
        self.identity.take(self.sockets)
        self._clear_leftovers()

    def _make_data(self) -> None:
        # Made beside and moved, so that an interrupted initdb leaves nothing half-made.
        new = self.data.with_name(f"{self.data.name}.new")
        errors = []
        for locale in LOCALES:
            shutil.rmtree(new, ignore_errors=True)
            self.identity.take(new)
            done = self.identity.run(self._initdb(new, locale))
            if done.returncode == 0:
                new.rename(self.data)
                return
            errors.append(done.stderr.strip())
        raise NoPostgres(f"initdb failed: {errors[0]}")

    def _initdb(self, folder: Path, locale: str) -> list[str]:
        return [
            str(self.programs.folder / "initdb"),
            f"--pgdata={folder}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            f"--locale={locale}",
            "--no-instructions",
            "--no-sync",
        ]

    def _clear_leftovers(self) -> None:
        """Stop a server that outlived its supervisor; drop the pid file of one that was killed.

        The server trusts a pid file whose number some other process has by now, and would not start.
        """
        pid_file = self.data / "postmaster.pid"
        if not pid_file.is_file():
            return
        first_line = pid_file.read_text().partition("\n")[0].strip()
        pid = int(first_line) if first_line.isdigit() else 0
        if pid and is_running_with(pid, str(self.data)):
            stop_process(pid, signal.SIGINT)
        pid_file.unlink(missing_ok=True)

    def command(self) -> list[str]:
        """What to start; SIGINT stops it without waiting for its clients."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.settings,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [str(self.programs.folder / "postgres"), "-D", str(self.data), *options]

    def url(self, role: str, database: str = DATABASE) -> str:
        """The SQLAlchemy address for a role."""
        return f"postgresql+psycopg://{role}@/{database}?host={quote(str(self.sockets), safe='/')}"

    def connect(self, database: str = "postgres", role: str = SUPERUSER) -> psycopg.Connection:
        """A plain autocommit connection over the socket."""
        return psycopg.connect(
            host=str(self.sockets), user=role, dbname=database, autocommit=True, connect_timeout=2
        )

    def is_ready(self) -> bool:
        """Whether the server takes connections."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure_roles(self) -> None:
        """The role that migrates and the role that serves, neither of them a superuser."""
        with self.connect() as connection:
            for role in (OWNER, APP):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if known.fetchone() is None:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))

    def ensure_database(self, name: str = DATABASE) -> None:
        """The product's database, owned by the role that migrates."""
        with self.connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is None:
                statement = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))
