"""The ways out of the house, one for each channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.errors import MessageError
from typing import Protocol

from talentsvc.core.clock import now
from talentsvc.notices.failures import Refused
from talentsvc.notices.mail_message import demo_sms_message, mail_message
from talentsvc.notices.rendering import RenderedNotice
from talentsvc.notices.smtp import Mail, SmtpConnection
from talentsvc.notices.terms import Channel, Trouble
from talentsvc.settings import Settings

#: Gives a message to the server. Errors: NotNow, Refused, InDoubt; without one the server has it.
HandOver = Callable[[], None]


class Sender(Protocol):
    """A way to get a rendered message out."""

    def prepare(self, notice: RenderedNotice) -> HandOver:
        """Do all that can fail while the message certainly is still ours.

        Errors: NotNow, ChannelDown, Refused.
        """


Senders = Mapping[Channel, Sender]


class MailSender:
    """E-mail."""

    def __init__(self, settings: Settings, connection: SmtpConnection) -> None:
        self._mail_from = settings.mail_from
        self._connection = connection

    def prepare(self, notice: RenderedNotice) -> HandOver:
        """Write the mail and be connected."""
        try:
            mail = mail_message(notice, mail_from=self._mail_from, at=now())
        except (ValueError, MessageError) as error:
            raise Refused(Trouble.ADDRESS_NOT_POSSIBLE) from error
        return _over(self._connection, mail)


class DemoSmsSender:
    """Text messages of the demonstration and the tests: shown by the mail catcher, sent to no phone."""

    def __init__(self, settings: Settings, connection: SmtpConnection) -> None:
        self._mail_from = settings.mail_from
        self._connection = connection

    def prepare(self, notice: RenderedNotice) -> HandOver:
        """Write the mail that stands for the text message and be connected."""
        return _over(
            self._connection, demo_sms_message(notice, mail_from=self._mail_from, at=now())
        )


class NoSmsGateway:
    """Text messages where none is configured: the person must be reached another way."""

    def prepare(self, notice: RenderedNotice) -> HandOver:
        """Refuse at once, so that somebody at the desk hears of it while it matters."""
        raise Refused(Trouble.NO_SMS_GATEWAY)


@contextmanager
def open_senders(settings: Settings) -> Iterator[Senders]:
    """The senders of these settings, over one connection that is closed at the end."""
    connection = SmtpConnection(settings)
    sms = NoSmsGateway() if settings.is_production else DemoSmsSender(settings, connection)
    try:
        yield {Channel.EMAIL: MailSender(settings, connection), Channel.SMS: sms}
    finally:
        connection.close()


def _over(connection: SmtpConnection, mail: Mail) -> HandOver:
    connection.connect()
    if "SMTPUTF8" in mail.options and not connection.offers("smtputf8"):
        raise Refused(Trouble.ADDRESS_NOT_POSSIBLE)
    return lambda: connection.transfer(mail)
