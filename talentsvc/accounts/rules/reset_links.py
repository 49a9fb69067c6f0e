"""The one word a mailed link carries: the row's id and its secret."""

from __future__ import annotations

from uuid import UUID

_ID_CHARACTERS = 32
_NOBODY = UUID(int=0)


def split_token(token: str | None) -> tuple[UUID, str]:
    """Id and secret; anything malformed gives an id that no row has."""
    text = token or ""
    head, secret = text[:_ID_CHARACTERS], text[_ID_CHARACTERS:]
    is_hex = len(head) == _ID_CHARACTERS and all(char in "0123456789abcdef" for char in head)
    return (UUID(hex=head), secret) if is_hex else (_NOBODY, "")
