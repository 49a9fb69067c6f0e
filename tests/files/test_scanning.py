"""Asking a scanner: its answers, and that nothing is clean when the asking goes wrong."""

import socket
import struct
from pathlib import Path

import pytest

from deploy.local.demo_scanner import EICAR, MAX_BYTES
from talentsvc.files.scanning import ClamdScanner, ScanVerdict, scanner_of
from talentsvc.files.terms import ScanState
from talentsvc.settings import Environment, Settings
from tests.files.samples import archive, jpeg, pdf, pdf_with_eicar
from tests.files.scanners import (
    CLAMD,
    answering,
    clamd_command,
    demo_command,
    running,
    short_folder,
)


@pytest.fixture(scope="module", params=["demo", "clamd"] if CLAMD else ["demo"])
def scanner(request):
    """The demonstration's scanner and, where it is installed, a real clamd."""
    with short_folder() as folder:
        path = folder / "scanner.sock"
        is_demo = request.param == "demo"
        command = demo_command(path) if is_demo else clamd_command(folder, path)
        with running(command, path):
            yield ClamdScanner(str(path), allows_demo=True)


@pytest.mark.parametrize("data", [EICAR, EICAR + b"\n", pdf_with_eicar()])
def test_the_test_text_is_found(scanner, data):
    verdict = scanner.scan(data)
    assert verdict.state is ScanState.INFECTED
    assert "eicar" in verdict.detail.lower()


@pytest.mark.parametrize("data", [jpeg(), pdf(), b"plain words", b"\0" * 3_000_000])
def test_harmless_bytes_are_clean_and_the_answer_names_the_scanner(scanner, data):
    assert scanner.scan(data) == ScanVerdict(ScanState.CLEAN, scanner.version())


def test_more_than_a_scanner_takes_is_not_clean(scanner):
    verdict = scanner.scan(b"\0" * (MAX_BYTES + 1_000_000))
    assert verdict.state is ScanState.UNAVAILABLE


def test_what_is_two_things_at_once_is_found(demo_scanner):
    verdict = demo_scanner.scan(jpeg() + archive())
    assert verdict == ScanVerdict(ScanState.INFECTED, "Structure.Polyglot")


def test_the_demonstration_scanner_names_itself_and_production_refuses_it(demo_scanner_path):
    verdict = ClamdScanner(str(demo_scanner_path)).scan(b"plain words")
    assert verdict == ScanVerdict(ScanState.UNAVAILABLE, "demonstration scanner refused")
    assert "演示扫描" in ClamdScanner(str(demo_scanner_path)).version()


def _replying(*answers: bytes):
    """A scanner that gives these answers in turn, without caring what was asked."""
    waiting = list(answers)

    def talk(connection: socket.socket) -> None:
        received = connection.recv(65536)
        if received.startswith(b"zINSTREAM"):
            while not received.endswith(struct.pack("!I", 0)):
                received += connection.recv(65536)
        connection.sendall(waiting.pop(0))

    return talk


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (b"stream: INSTREAM size limit exceeded. ERROR\0", "INSTREAM size limit exceeded. ERROR"),
        (b"\0", "no answer"),
        (b"", "no answer"),
        (b"stream: OK, perhaps\0", "OK, perhaps"),
        (b"FOUND\0", "FOUND"),
        (b"\xff\xfe\0", "��"),
    ],
)
def test_an_odd_answer_is_not_clean(answer, detail):
    with answering(_replying(b"Fake 1\0", answer)) as address:
        assert ClamdScanner(address).scan(b"data") == ScanVerdict(ScanState.UNAVAILABLE, detail)


def test_a_scanner_on_a_port_is_understood():
    with answering(_replying(b"ClamAV 1.4.6\0", b"stream: OK\0")) as address:
        assert ClamdScanner(address).scan(b"data") == ScanVerdict(ScanState.CLEAN, "ClamAV 1.4.6")
    with answering(_replying(b"ClamAV 1.4.6\0", b"stream: Win.Test FOUND\0")) as address:
        assert ClamdScanner(address).scan(b"data") == ScanVerdict(ScanState.INFECTED, "Win.Test")


def test_an_answer_that_never_ends_is_not_clean():
    with answering(_replying(b"x" * 20_000)) as address:
        assert ClamdScanner(address).scan(b"data").state is ScanState.UNAVAILABLE


def test_a_silent_scanner_is_left():
    def silence(connection: socket.socket) -> None:
        while connection.recv(65536):
            pass

    with answering(silence) as address:
        verdict = ClamdScanner(address, timeout=0.2).scan(b"data")
    assert verdict == ScanVerdict(ScanState.UNAVAILABLE, "TimeoutError")


@pytest.mark.parametrize(
    "address", ["/nowhere/scanner.sock", "unix:/nowhere/s", "127.0.0.1:1", "nonsense"]
)
def test_no_scanner_at_the_address_is_not_clean(address):
    assert ClamdScanner(address, timeout=2).scan(b"data").state is ScanState.UNAVAILABLE


def test_a_socket_on_a_long_path_is_reached(tmp_path):
    folder = tmp_path / ("a" * 90) / ("b" * 90)
    folder.mkdir(parents=True)
    path = folder / "scanner.sock"
    with running(demo_command(path), path):
        scanner = ClamdScanner(f"unix:{path}", allows_demo=True)
        assert scanner.scan(EICAR).state is ScanState.INFECTED


def _settings(environment: Environment, address: str) -> Settings:
    return Settings(
        environment=environment,
        database_url="",
        owner_database_url="",
        redis_url="",
        limiter_url="",
        var_dir=Path(),
        secret_key="",
        keyring_file=Path(),
        public_base_url="",
        smtp_host="",
        smtp_port=25,
        clamd_address=address,
    )


def test_without_an_address_there_is_no_scanner():
    assert scanner_of(_settings(Environment.DEMO, "")) is None


def test_only_outside_production_the_demonstration_scanner_counts(demo_scanner_path):
    states = {}
    for environment in Environment:
        scanner = scanner_of(_settings(environment, str(demo_scanner_path)))
        assert scanner is not None
        states[environment] = scanner.scan(b"plain words").state
    assert states == {
        Environment.DEMO: ScanState.CLEAN,
        Environment.TEST: ScanState.CLEAN,
        Environment.PRODUCTION: ScanState.UNAVAILABLE,
    }
