"""A mail server that does what a test tells it: refuse at a step, hang up, or call the test."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.places import free_port

HANG_UP = "hang up"
#: A mail's step and its recipient.
Watcher = Callable[[str, str], None]


class PostOffice:
    """What arrived, and how each step is answered: `answers["RCPT"] = "550 unknown"`.

    The steps are EHLO, MAIL, RCPT, DATA; HANG_UP as an answer cuts the connection. `watch` is called
    at each step before it is answered, after the message was kept, in a thread of its own.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[EmailMessage] = []
        self.steps: list[str] = []
        self.answers: dict[str, str] = {}
        self.watch: Watcher = lambda _step, _recipient: None
        self._lock = threading.Lock()

    async def handle_EHLO(self, server, session: Session, envelope, hostname, responses) -> list:  # noqa: N802 - aiosmtpd's name
        session.host_name = hostname
        answer = await self._answer("EHLO", "", server)
        return responses if answer is None else [answer]

    async def handle_MAIL(self, server, session, envelope: Envelope, address, options) -> str:  # noqa: N802
        answer = await self._answer("MAIL", "", server)
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server, session, envelope: Envelope, address, options) -> str:  # noqa: N802
        answer = await self._answer("RCPT", address, server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope: Envelope) -> str:  # noqa: N802
        is_taken = self.answers.get("DATA", "2")[0] in {"2", HANG_UP[0]}
        if is_taken:
            content = envelope.original_content or b""
            message = message_from_bytes(content, policy=policy.default)
            message["X-Envelope-To"] = envelope.rcpt_tos[0]
            with self._lock:
                self.received.append(message)  # type: ignore[arg-type]
        return await self._answer("DATA", envelope.rcpt_tos[0], server) or "250 OK"

    async def _answer(self, step: str, recipient: str, server: SMTP) -> str | None:
        with self._lock:
            self.steps.append(step)
        await asyncio.to_thread(self.watch, step, recipient)
        answer = self.answers.get(step)
        if answer == HANG_UP:
            server.transport.abort()
        return answer

    @property
    def recipients(self) -> list[str]:
        """Who got something, in the order of arrival."""
        return [message["X-Envelope-To"] for message in self.received]

    def copies(self) -> Counter[str]:
        """How often each message arrived, by its Message-ID."""
        return Counter(str(message["Message-ID"]) for message in self.received)


@contextmanager
def open_post_office(**options) -> Iterator[PostOffice]:
    """A running server on the loopback address; `options` as aiosmtpd's SMTP takes them."""
    # aiosmtpd cannot choose a port itself.
    office = PostOffice(free_port())
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=office.port,
        server_hostname="localhost",
        enable_SMTPUTF8=True,
        **options,
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
