"""Ports, folders and keys of the running house."""

import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.places import (
    LONGEST_FOLDER,
    PortTaken,
    choose_port,
    free_port,
    make_places,
    make_secret_key,
    move_aside,
)


@pytest.fixture(autouse=True)
def _temporary_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sockets that need a short path find it in a folder of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("s")))


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_the_usual_port_is_taken_so_the_next_free_one_is_chosen(taken_port: int) -> None:
    assert choose_port("", taken_port) > taken_port


def test_a_port_that_was_asked_for_is_used() -> None:
    port = free_port()
    assert choose_port(str(port), 1) == port


@pytest.mark.parametrize("asked", ["0", "65536", "eight", "-1", "²"])
def test_what_is_no_port_is_refused(asked: str) -> None:
    with pytest.raises(PortTaken, match="PORT="):
        choose_port(asked, 8000)


def test_a_taken_port_that_was_asked_for_is_never_replaced_by_another(taken_port: int) -> None:
    with pytest.raises(PortTaken, match=str(taken_port)):
        choose_port(str(taken_port), 8000)


@pytest.mark.parametrize("name", ["x" * (LONGEST_FOLDER + 1), "人才 服务"])
def test_sockets_move_to_a_short_plain_path(tmp_path: Path, name: str) -> None:
    places = make_places(tmp_path / name / "var")
    assert len(str(places.sockets)) <= LONGEST_FOLDER
    assert str(places.sockets).isascii()
    assert " " not in str(places.sockets)


def test_keys_are_for_their_owner_alone_and_made_once(tmp_path: Path) -> None:
    places = make_places(tmp_path / "var")
    make_secret_key(places)
    first = (places.keys / "secret_key").read_text()
    make_secret_key(places)
    assert (places.keys / "secret_key").read_text() == first
    assert len(first) >= 32
    assert stat.S_IMODE((places.keys / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(places.keys.stat().st_mode) == 0o700


def test_mails_and_logs_are_closed_but_the_database_user_may_pass(tmp_path: Path) -> None:
    places = make_places(tmp_path / "var")
    assert stat.S_IMODE(places.mail.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.logs.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.var.stat().st_mode) == 0o711


def test_moving_aside_keeps_the_data(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    (var / "data").write_text("kept")
    aside = move_aside(var)
    assert aside is not None
    assert (aside / "data").read_text() == "kept"
    assert not var.exists()
    assert move_aside(var) is None
