"""E-mail addresses as people sign in with them: one spelling for one mailbox."""

from __future__ import annotations

from talentsvc.core.errors import InvalidInput
from talentsvc.core.typed_text import half_width


class InvalidEmail(InvalidInput):
    """Not an address mail can be sent to."""

    def __init__(self) -> None:
        super().__init__("email", "shape")


def check_email(text: str) -> str:
    """Return the address normalised and in lower case; international ones are taken.

    Lower case throughout: the standard lets a mailbox tell cases apart, no provider does, and
    two accounts for one mailbox would. Whether mail arrives shows only by sending some, so no
    name server is asked. Raises InvalidEmail.
    """
    from email_validator import EmailNotValidError, validate_email  # brings the tables of IDNA

    try:
        found = validate_email(half_width(text).strip(), check_deliverability=False, strict=True)
    except EmailNotValidError:
        raise InvalidEmail from None
    return found.normalized.lower()
