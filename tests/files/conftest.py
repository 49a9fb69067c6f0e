"""What the tests of files share: a running demonstration scanner."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from talentsvc.files.scanning import ClamdScanner
from tests.files.scanners import demo_command, running, short_folder


@pytest.fixture(scope="session")
def demo_scanner_path() -> Iterator[Path]:
    """The socket of a demonstration scanner that runs as a process of its own."""
    with (
        short_folder() as folder,
        running(demo_command(folder / "scanner.sock"), folder / "scanner.sock"),
    ):
        yield folder / "scanner.sock"


@pytest.fixture(scope="session")
def demo_scanner(demo_scanner_path: Path) -> ClamdScanner:
    """A client of the demonstration scanner, as the demo has it."""
    return ClamdScanner(str(demo_scanner_path), allows_demo=True)
