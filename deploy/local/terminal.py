"""Ctrl-C that ends with exit code 0 although `make` started us.

make dies of the Ctrl-C that the terminal sends to its whole process group, whatever its recipe
answers. So the recipe takes a group of its own into the foreground, as a shell does with a job, and
gives the terminal back at the end.

Without a terminal there is another trap: make, sent SIGINT alone, waits for its recipe in the belief
that the recipe got the signal too. `make_was_interrupted` sees that.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def own_foreground_group() -> Iterator[None]:
    """Be the foreground job of the terminal, if there is one and our group is in its foreground."""
    terminal = _controlling_terminal()
    if terminal is None:
        yield
        return
    before = os.getpgrp()
    # Moving the foreground is a background job's act once the group has changed.
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    # make would not notice that its recipe was suspended, and the shell would wait for make.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(terminal, os.getpgrp())
    try:
        yield
    finally:
        _give_back(terminal, before)


def _controlling_terminal() -> int | None:
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        return None
    is_ours = os.tcgetpgrp(terminal) == os.getpgrp() and os.getpid() != os.getpgrp()
    return terminal if is_ours else None


def _give_back(terminal: int, group: int) -> None:
    try:
        os.tcsetpgrp(terminal, group)
    except OSError:
        # The terminal was closed, or the group is gone with the program that started us.
        return


def make_was_interrupted() -> bool:
    """Whether the make that started us is inside its handler of SIGINT, where it blocks the signal."""
    make = Path(f"/proc/{os.getppid()}")
    with suppress(OSError):
        if (make / "comm").read_text().strip() in {"make", "gmake"}:
            status = (make / "status").read_text()
            blocked = int(status.partition("SigBlk:")[2].split()[0], 16)
            return bool(blocked & (1 << (signal.SIGINT - 1)))
    return False
