"""Text cut where words were flagged, so that a page can show them marked."""

from __future__ import annotations

import re
from collections.abc import Sequence


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the pieces of a text with whether each is one of the words; together they are the text."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return [(text, False)] if text else []
    pieces = re.split(f"({'|'.join(re.escape(word) for word in wanted)})", text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]
