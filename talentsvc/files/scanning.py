"""Asking a virus scanner that speaks clamd's protocol; whatever goes wrong, a file is not called clean.

The protocol (clamd(8)): a command with `z` in front ends with NUL, as does its answer. INSTREAM is
followed by chunks, each with its length in four bytes, big endian, and ends with a length of zero.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from talentsvc.files.terms import ScanState
from talentsvc.settings import Settings

#: How the demonstration scanner names itself; production refuses answers of a scanner so named.
DEMO_MARK = "演示扫描"

CHUNK_BYTES = 256 * 1024
#: A socket's path holds 107 bytes (sun_path); a longer one is reached through its folder.
LONGEST_SOCKET_PATH = 107
#: No answer of the protocol is longer.
LONGEST_ANSWER = 4096


@dataclass(frozen=True)
class ScanVerdict:
    """What came of a scan; `detail` names the signature, the reason, or the scanner's version."""

    state: ScanState
    detail: str


class Scanner(Protocol):
    """Looks at bytes and says what they are; never raises."""

    def scan(self, data: bytes) -> ScanVerdict:
        """Clean, infected, or unavailable."""


class ClamdScanner:
    """A clamd on a unix socket (a path) or a port (`host:port`)."""

    def __init__(self, address: str, *, timeout: float = 60.0, allows_demo: bool = False) -> None:
        """`timeout` in seconds bounds each step of the talk."""
        self._address = address.removeprefix("unix:")
        self._timeout = timeout
        self._allows_demo = allows_demo

    def scan(self, data: bytes) -> ScanVerdict:
        """Ask for the version, then send the bytes. Errors and odd answers mean unavailable."""
        try:
            version = self.version()
            if DEMO_MARK in version and not self._allows_demo:
                return ScanVerdict(ScanState.UNAVAILABLE, "demonstration scanner refused")
            answer = self._ask(b"INSTREAM", data)
        except (OSError, ValueError) as error:
            return ScanVerdict(ScanState.UNAVAILABLE, type(error).__name__)
        return _verdict(answer, version)

    def version(self) -> str:
        """What the scanner calls itself, with the date of its signatures. Errors: OSError."""
        return self._ask(b"VERSION")

    def _ask(self, command: bytes, stream: bytes | None = None) -> str:
        with _connected(self._address, self._timeout) as connection:
            try:
                connection.sendall(b"z" + command + b"\0")
                if stream is not None:
                    _send_stream(connection, stream)
            except (BrokenPipeError, ConnectionResetError):
                # It stopped listening, as for a file that is too large; its answer says why.
                pass
            return _answer(connection)


def scanner_of(settings: Settings) -> Scanner | None:
    """The configured scanner; None when there is none, and then every file stays waiting."""
    if not settings.clamd_address:
        return None
    return ClamdScanner(settings.clamd_address, allows_demo=not settings.is_production)


def _verdict(answer: str, version: str) -> ScanVerdict:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return ScanVerdict(ScanState.CLEAN, version[:200])
    if said.endswith(" FOUND"):
        return ScanVerdict(ScanState.INFECTED, said.removesuffix(" FOUND")[:200])
    return ScanVerdict(ScanState.UNAVAILABLE, said[:200] or "no answer")


def _send_stream(connection: socket.socket, data: bytes) -> None:
    for start in range(0, len(data), CHUNK_BYTES):
        chunk = data[start : start + CHUNK_BYTES]
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))


def _answer(connection: socket.socket) -> str:
    """Everything up to NUL or the end. Errors: OSError when it never ends."""
    received = b""
    while b"\0" not in received:
        part = connection.recv(LONGEST_ANSWER)
        if not part:
            break
        received += part
        if len(received) > LONGEST_ANSWER:
            raise OSError("the answer never ends")
    return received.split(b"\0")[0].decode("utf-8", "replace").strip()


@contextmanager
def _connected(address: str, timeout: float) -> Iterator[socket.socket]:
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        with socket.create_connection((host, int(port)), timeout) as connection:
            yield connection
        return
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(timeout)
        _connect_path(connection, Path(address))
        yield connection


def _connect_path(connection: socket.socket, path: Path) -> None:
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        connection.connect(str(path))
        return
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        connection.connect(f"/proc/self/fd/{folder}/{path.name}")
    finally:
        os.close(folder)
