"""What the tests of files share: a running demonstration scanner, and stored files."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.actions.scan_files import scan_files
from talentsvc.files.actions.store_file import store_file
from talentsvc.files.models import StoredFile
from talentsvc.files.rules.checks import DOCUMENTS, UploadLimits
from talentsvc.files.scanning import ClamdScanner
from talentsvc.files.terms import FilePurpose, ScanState
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


@pytest.fixture
def files_folder(app: Flask, app_context: None) -> Path:
    """The application's storage, empty; the test runs inside the application."""
    folder = Path(app.config["SETTINGS"].var_dir) / "files"
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@pytest.fixture
def keep(files_folder: Path) -> Callable[..., StoredFile]:
    """Store an upload and commit: `keep(data, name=…, purpose=…)`."""

    def store(data: bytes, **changes: Any) -> StoredFile:
        values: dict[str, Any] = {
            "purpose": FilePurpose.EVIDENCE,
            "holder_person_id": None,
            "name": "材料",
            "accepts": DOCUMENTS,
            "limits": UploadLimits(),
            "is_sensitive": False,
            "at": now(),
        }
        with unit_of_work():
            stored = store_file(data=data, **(values | changes))
        return stored

    return store


@pytest.fixture
def keep_clean(
    keep: Callable[..., StoredFile], demo_scanner: ClamdScanner
) -> Callable[..., StoredFile]:
    """Store an upload and let the demonstration scanner look at it."""

    def store(data: bytes, **changes: Any) -> StoredFile:
        stored = keep(data, **changes)
        scan_files(demo_scanner)
        db.session.refresh(stored)
        assert stored.scan_state is ScanState.CLEAN
        return stored

    return store
