"""The way to the mail server: SMTP from the standard library, and which of its refusals are final."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Protocol

from talentsvc.notices.rendering import RenderedNotice
from talentsvc.settings import Settings

TIMEOUT_SECONDS = 20


class TemporaryFailure(Exception):
    """Not now: the message stays in the outbox and is tried again."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class PermanentFailure(TemporaryFailure):
    """Never: the address or the message is refused for good."""


class Sender(Protocol):
    """Something that hands one rendered message on."""

    def send(self, notice: RenderedNotice) -> None:
        """Hand over. Errors: TemporaryFailure, PermanentFailure; without one the server has it."""


class SmtpSender:
    """One SMTP connection for a batch, opened with the first message."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def send(self, notice: RenderedNotice) -> None:
        """Hand one message to the mail server."""
        message = self._message(notice)
        try:
            self._connected().send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next((code for code, _ in error.recipients.values()), 450)
            self._raise_by_code(code, error)
        except smtplib.SMTPResponseException as error:
            self._raise_by_code(error.smtp_code, error)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise TemporaryFailure(f"no connection: {type(error).__name__}") from error

    def close(self) -> None:
        """End the connection, however it stands."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            settings = self._settings
            connection = smtplib.SMTP(
                settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS
            )
            if settings.smtp_tls:
                connection.starttls()
            if settings.smtp_user:
                connection.login(settings.smtp_user, settings.smtp_password)
            self._connection = connection
        return self._connection

    def _raise_by_code(self, code: int, error: Exception) -> None:
        """5xx is final, except where it speaks of us and not of the recipient (authentication)."""
        self.close()
        reason = f"refused with code {code}"
        if 500 <= code < 600 and code not in {530, 535}:
            raise PermanentFailure(reason) from error
        raise TemporaryFailure(reason) from error

    def _message(self, notice: RenderedNotice) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = notice.subject
        message["From"] = self._settings.mail_from
        message["To"] = notice.address
        message["Message-ID"] = notice.message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(notice.text)
        message.add_alternative(notice.html, subtype="html")
        return message
