"""What the QR code of a card says, and the same as people type it."""

from __future__ import annotations

from talentsvc.core.typed_text import compact_upper

_GROUP = 4
#: Crockford's base 32 has none of these: whoever reads one meant the other.
_MISREAD = str.maketrans("ILO", "110")


def verify_url(base_url: str, nonce: str) -> str:
    """The address in the QR code: a stranger's phone opens it without an app."""
    return f"{base_url}/v/{nonce}"


def check_code(nonce: str) -> str:
    """The nonce in groups of four, to read aloud or type."""
    return "-".join(nonce[at : at + _GROUP] for at in range(0, len(nonce), _GROUP))


def nonce_as_typed(text: str) -> str:
    """The nonce that somebody typed: any case, spaces and hyphens, I and L for 1, O for 0."""
    return compact_upper(text).replace("-", "").translate(_MISREAD)
