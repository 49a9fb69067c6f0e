"""Where the running house keeps things: `var/` for what lasts, a short path for sockets."""

import os
import re
import secrets
import socket
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A socket's address holds 107 bytes, and the server adds a file name of its own.
LONGEST_FOLDER = 75
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
PORTS_TO_TRY = 50


class PortTaken(Exception):
    """The port that was asked for is in use."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders below `var/`, and the folder of the sockets."""

    var: Path
    sockets: Path

    @property
    def logs(self) -> Path:
        """What each process prints."""
        return self.var / "log"

    @property
    def run(self) -> Path:
        """Process numbers, and the address while the house is open."""
        return self.var / "run"

    @property
    def keys(self) -> Path:
        """The keys that encrypt, find and seal; losing them loses the data."""
        return self.var / "keys"

    @property
    def loaded_mark(self) -> Path:
        """A file that is there once the sample data was complete."""
        return loaded_mark(self.var)

    @property
    def mail(self) -> Path:
        """The messages the mail catcher received."""
        return self.var / "mail"


def loaded_mark(var: Path) -> Path:
    """A file that is there once the sample data was complete."""
    return var / "loaded"


def make_places(var: Path) -> Places:
    """Create what is missing, closed to other users of the machine."""
    for name in ("log", "mail", "keys"):
        (var / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    # The database's own user must be able to pass through, not to read.
    for folder in (var, var / "run"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
    return Places(var, _socket_folder(var / "run" / "sockets"))


def _socket_folder(preferred: Path) -> Path:
    """A folder whose path is short and plain enough for addresses of sockets."""
    if len(str(preferred)) <= LONGEST_FOLDER and PLAIN.fullmatch(str(preferred)):
        preferred.mkdir(exist_ok=True)
        preferred.chmod(0o711)
        return preferred
    folder = Path(tempfile.mkdtemp(prefix="talentsvc-"))
    folder.chmod(0o711)
    return folder


def make_secret_key(places: Places) -> None:
    """The key that signs cookies, made once and never overwritten."""
    with suppress(FileExistsError):
        path = places.keys / "secret_key"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))


def move_aside(var: Path) -> Path | None:
    """Rename `var/`, so that the next start begins anew; returns the new name."""
    if not var.exists():
        return None
    now = datetime.now().astimezone()
    target = var.with_name(f"{var.name}.{now:%Y%m%d-%H%M%S}")
    var.rename(target)
    return target


def free_port(host: str = "127.0.0.1") -> int:
    """Any port where a server could listen."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose_port(asked: str, usual: int, host: str = "127.0.0.1") -> int:
    """The port that was asked for, else the usual one, else the next free one.

    Errors: PortTaken when the one that was asked for is in use or is no port.
    """
    if asked:
        if not asked.isdecimal() or not 0 < int(asked) < 65536 or not is_free(int(asked), host):
            raise PortTaken(f"PORT={asked} cannot be used: it is taken, or is not a port.")
        return int(asked)
    for port in range(usual, usual + PORTS_TO_TRY):
        if is_free(port, host):
            return port
    raise PortTaken(f"No port from {usual} to {usual + PORTS_TO_TRY - 1} is free.")
