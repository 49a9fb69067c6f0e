"""A mail server that can be closed, and that can keep a worker waiting at its counter."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.places import free_port
from deploy.local.processes import wait_until
from tests.fixtures.mail import Mailbox

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
ARRIVAL_SECONDS = 40.0
#: Where a worker can be kept waiting.
GREETING, MESSAGE = "greeting", "message"


class Counter(Mailbox):
    """A mailbox that can keep whoever comes waiting: at the greeting, or with the message in hand."""

    holds_at = ""
    held = 0

    async def _wait(self, stage: str) -> None:
        if self.holds_at == stage:
            self.held += 1
        while self.holds_at == stage:
            await asyncio.sleep(0.05)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Greet."""
        session.host_name = hostname
        await self._wait(GREETING)
        return responses

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one message."""
        await self._wait(MESSAGE)
        return await super().handle_DATA(server, session, envelope)


class PostOffice:
    """The mail server of a service under test."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mailbox = Counter()
        # Making one opens an event loop, which only starting and stopping it closes again.
        self._controller: Controller | None = None

    def open(self) -> None:
        """Take mail."""
        self._controller = Controller(self.mailbox, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Nobody listens any more: connections are refused."""
        self.mailbox.holds_at = ""
        if self._controller is not None:
            self._controller.stop()
        self._controller = None

    @contextmanager
    def holding(self, stage: str) -> Iterator[None]:
        """Keep whoever comes waiting while the block runs."""
        self.mailbox.holds_at, self.mailbox.held = stage, 0
        try:
            yield
        finally:
            self.mailbox.holds_at = ""

    def wait_for_somebody(self) -> None:
        """Return when somebody waits."""
        assert wait_until(lambda: self.mailbox.held > 0, ARRIVAL_SECONDS), "nobody came"

    @contextmanager
    def closed(self) -> Iterator[None]:
        """No mail server while the block runs."""
        self.close()
        try:
            yield
        finally:
            self.open()

    def wait_for(self, address: str, words: str = "", count: int = 1) -> EmailMessage:
        """The latest message to an address whose subject or text holds the words; waits for it."""

        def found() -> list[EmailMessage]:
            return [mail for mail in self.mailbox.to(address) if words in letter(mail)]

        arrived = wait_until(lambda: len(found()) >= count, ARRIVAL_SECONDS)
        subjects = [mail["Subject"] for mail in self.mailbox.to(address)]
        assert arrived, f"no message with {words!r} to {address}; there are {subjects}"
        return found()[-1]

    def code_for(self, address: str) -> str:
        """The code of six digits in the latest message to an address."""
        found = CODE.search(text_of(self.wait_for(address)))
        assert found is not None
        return found[0]


def text_of(mail: EmailMessage) -> str:
    """The plain text of a message."""
    part = mail.get_body(preferencelist=("plain",))
    assert part is not None
    return str(part.get_content())


def letter(mail: EmailMessage) -> str:
    """Subject and text of a message."""
    return f"{mail['Subject']}\n{text_of(mail)}"
