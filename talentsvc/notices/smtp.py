"""Talking to the mail server, step by step, so that it is known at each one who has the message.

`smtplib.SMTP.sendmail` tells a connection lost before the message from one lost after it by nothing;
the second may mean that the message is on its way (RFC 5321, 4.5.3.2.6 and 6.1). Here only the wait
for the last answer is in doubt.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.utils import parseaddr

from talentsvc.notices.failures import ChannelDown, InDoubt, NotNow, Refused, SendingFailure
from talentsvc.notices.terms import Trouble
from talentsvc.settings import Settings

#: For each step; the last answer may take longer, since some servers scan the message first.
STEP_SECONDS = 20.0
ANSWER_SECONDS = 60.0
#: The port on which TLS begins at once instead of being asked for (RFC 8314).
TLS_PORT = 465
#: What a server says when it wants us to sign in first, or did not like how we did (RFC 4954).
_AUTHENTICATION = frozenset({530, 534, 535, 538})
_CLOSING = 421


@dataclass(frozen=True)
class Mail:
    """A message as it goes over the wire: the envelope's two addresses and lines ending in CRLF."""

    sender: str
    recipient: str
    content: bytes
    options: tuple[str, ...] = ()


class SmtpConnection:
    """One connection, opened when it is first needed and kept for the messages that follow."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Be connected and signed in; nothing of a message has been said. Errors: ChannelDown."""
        if self._open is not None and self._still_answers(self._open):
            return
        self.close()
        try:
            self._open = self._opened()
        except smtplib.SMTPResponseException as error:
            raise ChannelDown(Trouble.OUR_SIDE_REFUSED, error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelDown(Trouble.NO_CONNECTION) from error

    def offers(self, extension: str) -> bool:
        """Whether the connected server has an extension."""
        return self._open is not None and self._open.has_extn(extension)

    def transfer(self, mail: Mail) -> None:
        """Give one message to the connected server. Errors: NotNow, Refused, InDoubt."""
        connection = self._open
        if connection is None:
            raise ChannelDown(Trouble.NO_CONNECTION)
        try:
            self._hear(connection.mail(mail.sender, mail.options)[0], is_about_us=True)
            self._hear(connection.rcpt(mail.recipient)[0])
            self._hear(connection.docmd("DATA")[0])
            connection.send(mail.content + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            # The closing dot never left this machine, so the server cannot have taken the message.
            self.close()
            raise NotNow(Trouble.NO_CONNECTION) from error
        self._hear(self._last_answer(connection))

    def close(self) -> None:
        """End the connection, however it stands."""
        connection, self._open = self._open, None
        if connection is not None:
            connection.close()

    def _opened(self) -> smtplib.SMTP:
        settings = self._settings
        host, port = settings.smtp_host, settings.smtp_port
        # A name of our own spares a look-up that can take as long as the whole time limit.
        name = parseaddr(settings.mail_from)[1].rpartition("@")[2]
        is_tls = settings.smtp_tls and port == TLS_PORT
        connection = (
            smtplib.SMTP_SSL(
                host, port, name, timeout=STEP_SECONDS, context=ssl.create_default_context()
            )
            if is_tls
            else smtplib.SMTP(host, port, name, timeout=STEP_SECONDS)
        )
        try:
            self._introduce(connection, is_tls=is_tls)
        except Exception:
            connection.close()
            raise
        return connection

    def _introduce(self, connection: smtplib.SMTP, *, is_tls: bool) -> None:
        settings = self._settings
        connection.ehlo_or_helo_if_needed()
        if settings.smtp_tls and not is_tls:
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()
        if settings.smtp_user:
            connection.login(settings.smtp_user, settings.smtp_password)

    def _still_answers(self, connection: smtplib.SMTP) -> bool:
        try:
            return bool(connection.noop()[0] == 250)
        except (OSError, smtplib.SMTPException):
            return False

    def _last_answer(self, connection: smtplib.SMTP) -> int:
        try:
            if connection.sock is not None:
                connection.sock.settimeout(ANSWER_SECONDS)
            code = connection.getreply()[0]
            if connection.sock is not None:
                connection.sock.settimeout(STEP_SECONDS)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise InDoubt(Trouble.NO_ANSWER) from error
        return code

    def _hear(self, code: int, *, is_about_us: bool = False) -> None:
        """Take an answer; a bad one ends the connection, for its state is anybody's guess."""
        if 200 <= code < 400:
            return
        self.close()
        raise meaning_of(code, is_about_us=is_about_us)


def meaning_of(code: int, *, is_about_us: bool = False) -> SendingFailure:
    """What a refusing answer means.

    5xx is final only where it speaks of the recipient or the message: a server that refuses our
    sign-in or our own address would refuse every other message too, and is mended by a person.
    """
    if code in _AUTHENTICATION or (is_about_us and code != _CLOSING):
        return ChannelDown(Trouble.OUR_SIDE_REFUSED, code)
    if code == _CLOSING:
        return ChannelDown(Trouble.NOT_NOW, code)
    if 500 <= code < 600:
        return Refused(Trouble.REFUSED, code)
    return NotNow(Trouble.NOT_NOW, code)
