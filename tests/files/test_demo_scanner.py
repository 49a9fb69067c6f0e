"""The demonstration's scanner: what clamd's clients expect of it, and how it comes and goes."""

import signal
import socket
import stat
import struct
from pathlib import Path

import pytest

from deploy.local import demo_scanner
from talentsvc.files.scanning import DEMO_MARK
from tests.files import samples
from tests.files.scanners import demo_command, running, short_folder


def _talk(path: Path, sent: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(path))
        connection.sendall(sent)
        received = b""
        while part := connection.recv(4096):
            received += part
        return received


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"zPING\0", b"PONG\0"),
        (b"nPING\n", b"PONG\n"),
        (b"PING\n", b"PONG\n"),
        (b"zVERSION\0", demo_scanner.VERSION.encode() + b"\0"),
        (b"zSHUTDOWN\0", b"UNKNOWN COMMAND\0"),
        (b"nINSTREAM\n" + struct.pack("!I", 2) + b"ab" + struct.pack("!I", 0), b"stream: OK\n"),
        (b"zINSTREAM\0" + struct.pack("!I", 0), b"stream: OK\0"),
        (b"zINSTREAM\0" + struct.pack("!I", 2**31), b"INSTREAM size limit exceeded. ERROR\0"),
    ],
)
def test_it_answers_as_clamd_does(demo_scanner_path, sent, answer):
    assert _talk(demo_scanner_path, sent) == answer


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"MZ\x90\0program", "Structure.Program"),
        (samples.jpeg() + samples.archive(), "Structure.Polyglot"),
        (samples.pdf() + samples.archive(), "Structure.Polyglot"),
        (samples.jpeg(comment=samples.pdf()), "Structure.Polyglot"),
        (samples.pdf(catalogue=b"/OpenAction<</S/JavaScript/JS(a)>>"), "Structure.Action"),
        (samples.pdf_with_eicar(), "Eicar-Test-Signature"),
        (samples.jpeg(), None),
        (samples.png(), None),
        (samples.pdf(), None),
        (samples.archive(), None),
    ],
)
def test_what_it_finds(data, found):
    assert demo_scanner.finding(data) == found


def test_it_names_itself_as_production_knows_it():
    assert demo_scanner.VERSION.startswith(DEMO_MARK)


def test_the_text_is_found_across_chunks(demo_scanner_path):
    parts = (demo_scanner.EICAR[:20], demo_scanner.EICAR[20:], b"")
    sent = b"zINSTREAM\0" + b"".join(struct.pack("!I", len(part)) + part for part in parts)
    assert _talk(demo_scanner_path, sent) == b"stream: Eicar-Test-Signature FOUND\0"


def test_a_client_that_hangs_up_harms_nobody(demo_scanner_path):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(demo_scanner_path))
        connection.sendall(b"zINSTREAM\0" + struct.pack("!I", 100) + b"half")
    assert _talk(demo_scanner_path, b"zPING\0") == b"PONG\0"


def test_its_own_source_is_not_what_it_looks_for():
    source = Path(demo_scanner.__file__).read_bytes()
    assert demo_scanner.EICAR not in source
    assert demo_scanner.verdict(source) == "stream: OK"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_and_takes_its_socket_away(number):
    with short_folder() as folder:
        path = folder / "scanner.sock"
        with running(demo_command(path), path) as process:
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            process.send_signal(number)
            assert process.wait(15) == 0
        assert list(folder.iterdir()) == []


def test_it_starts_where_a_killed_one_left_its_socket():
    with short_folder() as folder:
        path = folder / "scanner.sock"
        with running(demo_command(path), path) as process:
            process.kill()
            process.wait(15)
        assert path.exists()
        with running(demo_command(path), path):
            assert _talk(path, b"zPING\0") == b"PONG\0"
