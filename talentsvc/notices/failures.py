"""What a failed try means, in four kinds: the channel is down, not now, never, nobody knows."""

from __future__ import annotations

from talentsvc.notices.terms import Trouble


class SendingFailure(Exception):
    """A try that did not end with the server's yes. `code` is the server's number, if it gave one."""

    def __init__(self, trouble: Trouble, code: int | None = None) -> None:
        self.trouble = trouble
        self.code = code
        super().__init__(self.words)

    @property
    def words(self) -> str:
        """For the row and the log: never anything that the server or the message said."""
        return f"{self.trouble}" if self.code is None else f"{self.trouble} {self.code}"


class NotNow(SendingFailure):
    """The server certainly does not have it: it stays in the outbox and is tried again."""


class ChannelDown(NotNow):
    """The same, for a reason that every other message over this channel would meet too."""


class Refused(SendingFailure):
    """Never: the address or the message is refused for good."""


class InDoubt(SendingFailure):
    """The server may have it or not. Trying again could send it twice, so a person decides."""
