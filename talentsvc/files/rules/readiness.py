"""Whether a file may be given out: only after the scanner called it clean (guarantees.md G14)."""

from __future__ import annotations

from datetime import datetime

from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.files.terms import ScanState


class FileNotReady(NotAllowedNow):
    """The file was not called clean, so nothing of it is given out: 409."""

    code = "file_not_ready"

    def __init__(self, scan_state: ScanState) -> None:
        super().__init__(scan_state, "open_file")
        self.scan_state = scan_state


def refuse_unready(scan_state: ScanState, removed_at: datetime | None) -> None:
    """Errors: NotFoundHere for a removed file, FileNotReady for one that is not clean."""
    if removed_at is not None:
        raise NotFoundHere
    if scan_state is not ScanState.CLEAN:
        raise FileNotReady(scan_state)
