"""Ctrl-C that ends with exit code 0 although `make` started us.

make dies of the Ctrl-C that the terminal sends to its whole process group, whatever its recipe
answers. So the recipe takes a group of its own into the foreground, as a shell does with a job, and
gives the terminal back at the end. Without a terminal nothing is done.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager


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
