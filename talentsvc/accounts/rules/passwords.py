"""Which passwords are taken (NIST SP 800-63B-4 section 3.1.1; ASVS 5.0, 6.2).

Any character counts, Chinese and emoji included; nothing is demanded of the mixture, and nothing is
cut off. Refused are what many people choose and what stands on the page anyway: one's own address.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from talentsvc.accounts.terms import PASSWORD_LEAST, PASSWORD_MOST
from talentsvc.core.errors import InvalidInput

_LIST = Path(__file__).resolve().parent.parent / "common_passwords.txt"
#: Composing a character takes at most this many code points in any text people type; a longer run
#: of combining marks is refused before it is normalised, since sorting them takes quadratic time.
_MOST_RAW = PASSWORD_MOST * 4
_MAINLAND = "+86"


class WeakPassword(InvalidInput):
    """A password that is not taken: `code` is `short`, `long`, `common` or `address`."""

    def __init__(self, code: str) -> None:
        super().__init__("password", code)


def normalised(password: str) -> str | None:
    """The password in NFC, so that one keyboard's é is another's; None for what nobody can have set."""
    if len(password) > _MOST_RAW:
        return None
    text = unicodedata.normalize("NFC", password)
    return text if len(text) <= PASSWORD_MOST else None


def check_password(password: str, own_addresses: tuple[str, ...] = ()) -> str:
    """Return the password as it is hashed. Errors: WeakPassword."""
    text = normalised(password)
    if text is None:
        raise WeakPassword("long")
    if len(text) < PASSWORD_LEAST:
        raise WeakPassword("short")
    folded = _folded(text)
    if folded in common_passwords() or len(set(folded)) == 1:
        raise WeakPassword("common")
    if folded in _spellings(own_addresses):
        raise WeakPassword("address")
    return text


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Passwords that many people choose, folded."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("# "))


def _folded(text: str) -> str:
    """How passwords are compared with the list: full-width and upper case make none of them rarer."""
    return unicodedata.normalize("NFKC", text).casefold()


def _spellings(addresses: tuple[str, ...]) -> frozenset[str]:
    folded = {_folded(address) for address in addresses}
    local_parts = {address.partition("@")[0] for address in folded if "@" in address}
    national = {address.removeprefix(_MAINLAND) for address in folded}
    return frozenset(folded | local_parts | national)
