"""演示扫描: a stand-in for clamd in the demo and the tests: `python -m deploy.local.demo_scanner PATH`.

It speaks PING, VERSION and INSTREAM on a unix socket, finds the EICAR test text, programs, and files
that are two things at once, and knows no virus. It names itself so that production refuses it. It
needs nothing of the product, and so looks independently of the checks an upload has passed.
"""

from __future__ import annotations

import io
import os
import re
import signal
import socketserver
import struct
import sys
import threading
import zipfile
from contextlib import suppress
from pathlib import Path

#: `talentsvc.files.scanning` knows the demonstration by the first word.
VERSION = "演示扫描 demo-scanner 1"
#: As Debian sets StreamMaxLength for clamd.
MAX_BYTES = 25 * 1024 * 1024
LONGEST_COMMAND = 64
SILENCE_SECONDS = 60.0

#: The harmless test text that every scanner finds, in parts: whole, this file would be found too.
EICAR = b"".join(
    (b"X5O!P%@AP[4", rb"\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*")
)

PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
FOREIGN_IN_PICTURE = re.compile(rb"%PDF-|<script|<\?php", re.IGNORECASE)
ACTION_IN_DOCUMENT = re.compile(rb"/(?:JavaScript|Launch)[\s/(<\[]")


class StreamTooLarge(Exception):
    """More bytes than a scanner takes."""


def finding(data: bytes) -> str | None:
    """The name of what is found, or None."""
    if EICAR in data:
        return "Eicar-Test-Signature"
    if data.startswith(PROGRAMS):
        return "Structure.Program"
    is_picture, is_document = data.startswith(PICTURES), data.startswith(b"%PDF-")
    if (is_picture or is_document) and zipfile.is_zipfile(io.BytesIO(data)):
        return "Structure.Polyglot"
    if is_picture and FOREIGN_IN_PICTURE.search(data):
        return "Structure.Polyglot"
    if is_document and ACTION_IN_DOCUMENT.search(data):
        return "Structure.Action"
    return None


def verdict(data: bytes) -> str:
    """What the scanner answers for these bytes."""
    found = finding(data)
    return f"stream: {found} FOUND" if found else "stream: OK"


class Conversation(socketserver.StreamRequestHandler):
    """One command and its answer."""

    timeout = SILENCE_SECONDS

    def handle(self) -> None:
        """Answer; a client that hangs up or falls silent is let go."""
        with suppress(OSError, EOFError):
            command, end = self._command()
            self.wfile.write(self._reply(command).encode() + end)

    def _command(self) -> tuple[bytes, bytes]:
        """The command without its prefix, and how its answer ends: `z` NUL, `n` or plain a line."""
        first = self.rfile.read(1)
        end = b"\0" if first == b"z" else b"\n"
        text = b"" if first in {b"z", b"n"} else first
        while len(text) < LONGEST_COMMAND and not text.endswith(end):
            text += self._exactly(1)
        return text.strip(b"\0\r\n"), end

    def _reply(self, command: bytes) -> str:
        if command == b"PING":
            return "PONG"
        if command == b"VERSION":
            return VERSION
        if command != b"INSTREAM":
            return "UNKNOWN COMMAND"
        try:
            return verdict(self._stream())
        except StreamTooLarge:
            return "INSTREAM size limit exceeded. ERROR"

    def _stream(self) -> bytes:
        received = bytearray()
        while size := struct.unpack("!I", self._exactly(4))[0]:
            if len(received) + size > MAX_BYTES:
                raise StreamTooLarge
            received += self._exactly(size)
        return bytes(received)

    def _exactly(self, size: int) -> bytes:
        data = self.rfile.read(size)
        if len(data) < size:
            raise EOFError
        return data


class DemoScanner(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """The server; its socket appears under its name only when it takes connections."""

    daemon_threads = True

    def __init__(self, path: Path) -> None:
        self.path = path
        draft = f".{path.name}.{os.getpid()}"
        # Relative to its folder, since a socket's address holds 107 bytes and a path may be longer.
        os.chdir(path.parent)
        super().__init__(draft, Conversation)
        os.chmod(draft, 0o600)
        os.rename(draft, path.name)

    def server_close(self) -> None:
        """Stop listening and take the socket away."""
        super().server_close()
        Path(self.path.name).unlink(missing_ok=True)


def main(path: Path) -> None:
    """Serve until SIGTERM or SIGINT."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: over.set())
    with DemoScanner(path) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdout.write(f"{VERSION}\n")
        sys.stdout.flush()
        over.wait()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
