"""The references people see: kind, year, number and a check character.

`GXS-2026-00318-2` can be read aloud and typed back; the check character (ISO 7064 MOD 37,36)
finds every single wrong character and nearly every swap. A reference alone opens nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from talentsvc.core.errors import InvalidInput
from talentsvc.core.typed_text import compact_upper


class ReferenceKind(StrEnum):
    """The prefix of a reference."""

    APPLICATION = "GXS"
    CARD = "GXC"
    EVENT_REGISTRATION = "GXH"
    EMPLOYER = "GXE"


@dataclass(frozen=True, slots=True)
class Reference:
    """A parsed reference; `text` is its one written form."""

    kind: ReferenceKind
    year: int
    number: int
    text: str


class InvalidReference(InvalidInput):
    """What was typed is no reference: `code` is `shape` or `check_character`."""

    def __init__(self, code: str) -> None:
        super().__init__("reference", code)


_KINDS = {kind.value: kind for kind in ReferenceKind}
_DIGITS = {ReferenceKind.CARD: 6}
_LEAST_DIGITS = 5
_MOST_DIGITS = 9
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DASHES = re.compile("[-\u2010-\u2015\u2212\u2500\u30fc]")
_SHAPE = re.compile(
    r"(?P<kind>[A-Z]{3})(?P<year>[0-9]{4})(?P<number>[0-9]{5,9})(?P<check>[0-9A-Z])"
)


def format_reference(kind: ReferenceKind, year: int, number: int) -> str:
    """Return the written form, for example `GXS-2026-00318-2`.

    Numbers have at least five digits, six on a card, so that lists line up; more digits simply
    follow. Raises ValueError for a year outside 1000-9999 or a number outside 1-999,999,999.
    """
    if not 1000 <= year <= 9999 or not 1 <= number < 10**_MOST_DIGITS:
        raise ValueError("year or number out of range")
    digits = str(number).zfill(_least_digits(kind))
    return f"{kind.value}-{year}-{digits}-{check_character(f'{kind.value}{year}{digits}')}"


def parse_reference(text: str) -> Reference:
    """Read a reference as typed: any case, spaces, full-width forms, hyphens optional.

    Raises InvalidReference.
    """
    match = _SHAPE.fullmatch(_DASHES.sub("", compact_upper(text)))
    if match is None or match["kind"] not in _KINDS:
        raise InvalidReference("shape")
    kind, year, number = _KINDS[match["kind"]], int(match["year"]), int(match["number"])
    has_canonical_width = match["number"] == str(number).zfill(_least_digits(kind))
    if not has_canonical_width or number == 0 or year < 1000:
        raise InvalidReference("shape")
    written = format_reference(kind, year, number)
    if written[-1] != match["check"]:
        raise InvalidReference("check_character")
    return Reference(kind, year, number, written)


def check_character(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of digits and letters A to Z."""
    product = 36
    for char in text:
        total = (product + _ALPHABET.index(char)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def _least_digits(kind: ReferenceKind) -> int:
    return _DIGITS.get(kind, _LEAST_DIGITS)
