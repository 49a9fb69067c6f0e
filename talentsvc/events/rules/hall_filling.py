"""Drawing many booths at once: an area filled with booths of one extent, numbered one after another. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.halls import DrawnBooth
from talentsvc.events.terms.hall import MOST_CELLS, WIDEST_AISLE

_SERIES = re.compile(r"(.*?)(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Filling:
    """What to fill, with what. `pattern` gives extent, zone, size and the rest; its number is the first."""

    column: int
    row: int
    columns: int
    rows: int
    pattern: DrawnBooth
    #: Free cells after every two rows of booths, which stand back to back.
    aisle: int = 0


def filled(filling: Filling, existing: Collection[DrawnBooth]) -> list[DrawnBooth]:
    """The booths that fit into the area, row by row from the left; taken cells are left alone.

    Errors: InvalidInput when a value is out of range, the number does not end in digits, or nothing fits.
    """
    _check(filling)
    taken = {cell for booth in existing for cell in booth.cells()}
    numbers = numbers_from(filling.pattern.number, {booth.number for booth in existing})
    found = []
    for column, row in _corners(filling):
        booth = replace(filling.pattern, column=column, row=row, id=None)
        if taken.isdisjoint(booth.cells()):
            found.append(replace(booth, number=next(numbers)))
    if not found:
        raise InvalidInput("area", "nothing_fits")
    return found


def numbers_from(first: str, used: Collection[str]) -> Iterator[str]:
    """A01, A02 ... leaving out what is used already. Errors: InvalidInput without digits at the end."""
    series = _SERIES.fullmatch(first.strip())
    if series is None:
        raise InvalidInput("first_number", "series")
    return _count_on(series.group(1), series.group(2), used)


def _count_on(prefix: str, digits: str, used: Collection[str]) -> Iterator[str]:
    number = int(digits)
    while True:
        name = f"{prefix}{number:0{len(digits)}d}"
        if name not in used:
            yield name
        number += 1


def _corners(filling: Filling) -> Iterator[tuple[int, int]]:
    """The upper left cells of the booths to draw."""
    pattern, bottom = filling.pattern, filling.row + filling.rows
    row, in_block = filling.row, 0
    while row + pattern.height <= bottom:
        column = filling.column
        while column + pattern.width <= filling.column + filling.columns:
            yield column, row
            column += pattern.width
        row, in_block = row + pattern.height, in_block + 1
        if in_block == 2:
            row, in_block = row + filling.aisle, 0


def _check(filling: Filling) -> None:
    pattern = filling.pattern
    ranges = {
        "column": (filling.column, 0, MOST_CELLS - 1),
        "row": (filling.row, 0, MOST_CELLS - 1),
        "columns": (filling.columns, 1, MOST_CELLS),
        "rows": (filling.rows, 1, MOST_CELLS),
        "width": (pattern.width, 1, MOST_CELLS),
        "height": (pattern.height, 1, MOST_CELLS),
        "aisle": (filling.aisle, 0, WIDEST_AISLE),
    }
    for name, (value, least, most) in ranges.items():
        if not least <= value <= most:
            raise InvalidInput(name, "out_of_range", least=least, most=most)
