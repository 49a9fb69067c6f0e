"""Whether every character of a text can be printed; a hole in a name is worse than no card.

A typesetter leaves out what no font holds, or draws a box, and says nothing. So the fonts' own
tables are asked before a card is issued, and again before it is printed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from talentsvc.cards.printing.fonts import FontFace, FontSet

#: Characters that a typesetter consumes and never draws.
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"})


def missing_glyphs(text: str, fonts: FontSet) -> list[str]:
    """The characters of a text that no family holds, each once, in the order of the text."""
    covers = [coverage(fonts.faces_of(family)) for family in fonts.families]
    wanted = dict.fromkeys(unicodedata.normalize("NFC", text))
    return [char for char in wanted if not _is_held(char, covers)]


def families_for(text: str, fonts: FontSet) -> tuple[str, ...]:
    """The order of families in which a text looks best: first one that holds all of it, if any.

    Otherwise a Latin name with one foreign letter would be set in two faces.
    """
    for family in fonts.families:
        cover = [coverage(fonts.faces_of(family))]
        if all(_is_held(char, cover) for char in text):
            return (family, *(other for other in fonts.families if other != family))
    return fonts.families


@lru_cache(maxsize=64)
def coverage(faces: tuple[FontFace, ...]) -> frozenset[int]:
    """The code points that every weight of a family holds; none for no face."""
    from fontTools.ttLib import TTFont

    held: frozenset[int] | None = None
    for face in faces:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            points = frozenset(font.getBestCmap() or ())
        held = points if held is None else held & points
    return held or frozenset()


def _is_held(char: str, covers: list[frozenset[int]]) -> bool:
    if any(ord(char) in cover for cover in covers):
        return True
    # A combining mark that composes with nothing must be drawn, all other unseen ones must not.
    return unicodedata.category(char) in _UNSEEN - {"Mn"}
