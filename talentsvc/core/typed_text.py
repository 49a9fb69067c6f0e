"""What people type into a box meant for a number: full-width forms, spaces, invisible marks.

Deliberately narrower than Unicode's NFKC, which would also turn a superscript into a digit, and
than `str.upper`, which turns some letters of other alphabets into ASCII ones.
"""

from __future__ import annotations

import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_UPPER = {code: code - 0x20 for code in range(ord("a"), ord("z") + 1)}
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def half_width(text: str) -> str:
    """Replace full-width ASCII forms and the ideographic space by their ASCII characters."""
    return text.translate(_FULL_WIDTH)


def compact(text: str) -> str:
    """Return `text` half-width, without spaces, control and invisible characters."""
    return "".join(
        char for char in half_width(text) if unicodedata.category(char) not in _INVISIBLE
    )


def compact_upper(text: str) -> str:
    """Return `compact(text)` with the letters a to z in upper case."""
    return compact(text).translate(_UPPER)
