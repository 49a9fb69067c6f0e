"""Starts the services in order, starts one again when it dies, stops all in the opposite order."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from deploy.local.services import DidNotStart, Service
from deploy.local.terminal import make_was_interrupted

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOK_SECONDS = 0.3
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
CALM_SECONDS = 60.0


class StopRequested(BaseException):
    """Somebody wants the house to close: Ctrl-C, a signal, or the parent process is gone."""


def say(text: str) -> None:
    """One line on the console, which may be gone by now."""
    try:
        print(text, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """Turn the first stop signal into StopRequested; later ones are ignored, the stop is under way."""

    def request(_number: int, _frame: FrameType | None) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise StopRequested

    for number in STOP_SIGNALS:
        signal.signal(number, request)
    yield


class _Pause:
    """How long to wait before a dead service is started again: longer each time in a row."""

    def __init__(self) -> None:
        self.seconds = FIRST_PAUSE
        self.started = time.monotonic()
        self.due: float | None = None

    def died(self) -> float:
        """Note a death; returns the pause before the next start."""
        if time.monotonic() - self.started > CALM_SECONDS:
            self.seconds = FIRST_PAUSE
        pause = self.seconds
        self.due = time.monotonic() + pause
        self.seconds = min(self.seconds * 2, LONGEST_PAUSE)
        return pause

    def is_due(self) -> bool:
        """Whether the pause is over."""
        return self.due is not None and time.monotonic() >= self.due

    def start_again(self) -> None:
        """Note that the service was started."""
        self.due = None
        self.started = time.monotonic()


class Supervisor:
    """The services that run, in the order in which they were started."""

    def __init__(self) -> None:
        self.services: list[Service] = []
        self._pauses: dict[str, _Pause] = {}
        self._parent = os.getppid()

    def start(self, service: Service) -> None:
        """Start a service without waiting until it is ready."""
        self.services.append(service)
        service.start()
        self._pauses[service.plan.name] = _Pause()

    def start_and_wait(self, service: Service) -> None:
        """Start a service; return when it answers. Errors: DidNotStart."""
        self.start(service)
        service.wait_ready()

    def watch(self) -> None:
        """Keep everything running until StopRequested."""
        looks_at_interrupted_make = 0
        while True:
            # make also blocks the signal for a moment at other times, hence two looks in a row.
            is_interrupted = make_was_interrupted()
            looks_at_interrupted_make = looks_at_interrupted_make + 1 if is_interrupted else 0
            if os.getppid() != self._parent or looks_at_interrupted_make > 1:
                raise StopRequested
            for service in self.services:
                self._look_after(service)
            time.sleep(LOOK_SECONDS)

    def _look_after(self, service: Service) -> None:
        pause = self._pauses[service.plan.name]
        if pause.is_due():
            pause.start_again()
            try:
                service.start()
            except OSError as error:
                say(f"{service.plan.name} could not be started: {error}")
        elif pause.due is None and service.returncode() is not None:
            seconds = pause.died()
            say(
                f"{service.plan.name} ended (code {service.returncode()}); starting it again in "
                f"{seconds:.0f} s. Its last words are in {service.log}"
            )

    def stop(self) -> None:
        """Stop everything, last started first: whoever serves or works, then what they use."""
        backwards = list(reversed(self.services))
        users = [service for service in backwards if not service.plan.is_used]
        for service in users:
            service.ask_to_stop()
        for service in users:
            service.wait_stopped()
        for service in backwards:
            if service.plan.is_used:
                service.stop()


__all__ = ["DidNotStart", "StopRequested", "Supervisor", "say", "stop_on_signals"]
