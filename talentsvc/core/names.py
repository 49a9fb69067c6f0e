"""Finding and ordering people by name: characters, pinyin, initials and Latin words.

The tokens go into a text column under `to_tsvector('simple', …)`; `query_tokens` makes the terms
of the matching `to_tsquery`. Both sides use the same folding, so a token is always one lexeme.
Readings only serve search and order: they are often wrong for a given person, so no legal name
is ever filled in from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product

from talentsvc.core.surnames import COMPOUND_SURNAMES, SURNAME_READINGS
from talentsvc.core.typed_text import half_width

_READINGS_PER_CHARACTER = 3
_COMBINATIONS = 16
_LONG_GIVEN_NAME = 3
_LONGEST_QUERY = 100
_MOST_TERMS = 12

_HAN = (
    "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af"
)
_RUN = re.compile(f"(?P<han>[{_HAN}]+)|(?P<word>[^\\W_{_HAN}]+)")
_NOT_TOKEN = re.compile(r"[\W_]+")
_JOINERS = re.compile("['\u2019\u02bc\u00b7\u2027\u30fb\u2022]")


def name_tokens(name: str) -> str:
    """Return the space-separated search tokens of a name, each once.

    欧阳雪 gives 欧, 阳, 雪, 欧阳, 阳雪, ou, yang, xue, ouyang, ouyangxue, oyx …; a surname with
    several readings gives all of them, and so does a given name's character, up to three.
    """
    tokens: dict[str, None] = {}
    words = []
    for run in _runs(name):
        if run["han"]:
            tokens.update(dict.fromkeys(_han_tokens(run["han"])))
        else:
            words.append(run["word"])
    tokens.update(dict.fromkeys(words))
    if len(words) > 1:
        tokens.update(dict.fromkeys(("".join(words), "".join(word[0] for word in words))))
    return " ".join(tokens)


def query_tokens(text: str) -> list[str]:
    """Return terms for `to_tsquery('simple', ' & '.join(terms))`; none for a blank question.

    Chinese runs become their characters' pairs, everything else a prefix term such as `zhangs:*`.
    Holds only letters and digits beside that suffix, so nothing typed can reach the query syntax.
    """
    terms: dict[str, None] = {}
    for run in _runs(text[:_LONGEST_QUERY]):
        if run["han"]:
            terms.update(dict.fromkeys(_pairs(run["han"]) or [run["han"]]))
        else:
            terms[f"{run['word']}:*"] = None
    return list(terms)[:_MOST_TERMS]


def sort_key(name: str) -> str:
    """Return a key that orders names by pinyin, or by the folded Latin spelling.

    Meant for a column compared byte by byte (collation "C"): one space between syllables and two
    before the name itself put a shorter name first and keep equal characters together.
    """
    parts: list[str] = []
    for run in _runs(name):
        if run["han"]:
            surname, given = _split_surname(run["han"])
            parts += (
                _first(_readings(surname), surname),
                *(_first(_char_readings(char), char) for char in given),
            )
        else:
            parts.append(run["word"])
    return f"{' '.join(parts)}  {name.strip()}".strip()


def _runs(text: str) -> Iterator[re.Match[str]]:
    return _RUN.finditer(_folded(text))


def _folded(text: str) -> str:
    """Return `text` half-width, lower-cased, without joining dots, apostrophes and accents."""
    plain = _JOINERS.sub("", half_width(text))
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    kept = (char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", "".join(kept))


def _han_tokens(run: str) -> Iterator[str]:
    """Yield the tokens of a run of Chinese characters, taken as surname and given name."""
    surname, given = _split_surname(run)
    yield from run
    yield from _pairs(run)
    most = _READINGS_PER_CHARACTER if len(given) <= _LONG_GIVEN_NAME else 1
    syllables = [found[:most] for char in given if (found := _char_readings(char))]
    yield from (reading for readings in syllables for reading in readings)
    given_spellings = list(islice(product(*syllables), _COMBINATIONS))
    yield from ("".join(spelling) for spelling in given_spellings if spelling)
    for reading in _readings(surname):
        yield from _spelled(reading, given_spellings)


def _spelled(surname: str, given_spellings: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield surname, whole names and initials for one reading (syllables apart by a space)."""
    yield from surname.split()
    head = surname.replace(" ", "")
    yield head
    for spelling in given_spellings:
        yield head + "".join(spelling)
        yield "".join(syllable[0] for syllable in (*surname.split(), *spelling))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _split_surname(run: str) -> tuple[str, str]:
    """Return surname and given name; a compound surname needs a given name behind it."""
    size = 2 if len(run) > 2 and run[:2] in COMPOUND_SURNAMES else 1
    return run[:size], run[size:]


def _readings(surname: str) -> tuple[str, ...]:
    """Return the readings of a surname, the usual one first, syllables apart by a space."""
    known = SURNAME_READINGS.get(surname, ())
    if len(surname) == 1:
        return tuple(dict.fromkeys((*known, *_char_readings(surname))))
    combined = (" ".join(spelling) for spelling in product(*map(_char_readings, surname)))
    return tuple(dict.fromkeys((*known, *islice(combined, _READINGS_PER_CHARACTER))))


@lru_cache(maxsize=20_000)
def _char_readings(char: str) -> tuple[str, ...]:
    """Return up to three toneless readings of a character, or none for the rarest.

    ü is written v and, as keyboards, old passports and new ones spell it, also u and yu.
    """
    from pypinyin import Style, pinyin  # 0.3 s to load

    found = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    plain = [_NOT_TOKEN.sub("", _folded(reading)) for reading in found]
    distinct = dict.fromkeys(reading for reading in plain if reading.isascii() and reading)
    readings = islice(distinct, _READINGS_PER_CHARACTER)
    spellings = (variant for reading in readings for variant in _variants(reading))
    return tuple(dict.fromkeys(spellings))


def _first(readings: tuple[str, ...], otherwise: str) -> str:
    return readings[0] if readings else otherwise


def _variants(reading: str) -> tuple[str, ...]:
    if "v" not in reading:
        return (reading,)
    return reading, reading.replace("v", "u"), reading.replace("v", "yu")
