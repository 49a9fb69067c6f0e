"""What somebody signs in with: an e-mail address or a mainland mobile number."""

from __future__ import annotations

from dataclasses import dataclass

from talentsvc.accounts.terms import IdentifierKind
from talentsvc.core.emails import check_email
from talentsvc.core.errors import InvalidInput
from talentsvc.core.masking import mask_email, mask_phone
from talentsvc.core.phones import check_mobile
from talentsvc.core.typed_text import half_width

_LONGEST = 320


@dataclass(frozen=True)
class Identifier:
    """An address in its one spelling: lower-case e-mail, or E.164 number."""

    kind: IdentifierKind
    value: str

    @property
    def is_email(self) -> bool:
        """Whether this is an e-mail address."""
        return self.kind is IdentifierKind.EMAIL

    @property
    def masked(self) -> str:
        """The address as shown to whoever typed it, without giving it to a passer-by."""
        return mask_email(self.value) if self.is_email else mask_phone(self.value)


def parse_identifier(text: str) -> Identifier:
    """Read what was typed; an at-sign, full-width or not, makes it an e-mail address.

    Errors: InvalidInput ("email", "shape"), ("phone", "shape"), ("phone", "not_mobile"),
    ("identifier", "missing").
    """
    typed = half_width(text).strip()
    if not typed:
        raise InvalidInput("identifier", "missing")
    if len(typed) > _LONGEST:
        raise InvalidInput("identifier", "too_long")
    if "@" in typed:
        return Identifier(IdentifierKind.EMAIL, check_email(typed))
    return Identifier(IdentifierKind.PHONE, check_mobile(typed))
