"""Halls as drawn: what a drawing must fulfil, and who stands beside whom. Pure.

A hall is a grid of cells. A booth covers a rectangle of them; cells that no booth covers are aisles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from talentsvc.core.errors import InvalidInput
from talentsvc.events.terms.hall import (
    LONGEST_BOOTH_NUMBER,
    LONGEST_ZONE,
    MOST_BOOTHS,
    MOST_CELLS,
    MOST_POWER_W,
    MOST_SIZE_M2,
    FlawCode,
)

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DrawnBooth:
    """A booth as drawn; `id` is that of the stored booth it goes on being, None for a new one."""

    number: str
    zone: str
    column: int
    row: int
    width: int = 1
    height: int = 1
    size_m2: int = 9
    power_w: int = 500
    is_near_entrance: bool = False
    is_blocked: bool = False
    id: UUID | None = None

    def cells(self) -> Iterator[Cell]:
        """The cells it covers."""
        for row in range(self.row, self.row + self.height):
            for column in range(self.column, self.column + self.width):
                yield column, row


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole hall as drawn."""

    columns: int
    rows: int
    booths: tuple[DrawnBooth, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """One reason against a drawing, with the numbers of the booths it is about."""

    code: FlawCode
    booths: tuple[str, ...] = ()
    params: Mapping[str, int | str] = field(default_factory=dict)


class FlawedDrawing(InvalidInput):
    """A drawing that cannot be kept, with every reason at once."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__("drawing", "flawed", count=len(flaws))
        self.flaws = tuple(flaws)


def flaws_of(drawing: Drawing) -> list[Flaw]:
    """Every reason against a drawing; an empty list for one that can be kept."""
    flaws = _flaws_of_grid(drawing)
    for booth in drawing.booths:
        flaws += _flaws_of_booth(booth, drawing)
    counted = Counter(booth.number for booth in drawing.booths if booth.number)
    flaws += [
        Flaw(FlawCode.NUMBER_TWICE, (number,)) for number, count in counted.items() if count > 1
    ]
    # A single absurd extent would make the walk over its cells endless.
    if not any(flaw.code is FlawCode.EXTENT for flaw in flaws):
        flaws += _overlaps(drawing.booths)
    return flaws


def refuse_flaws(flaws: Sequence[Flaw]) -> None:
    """Errors: FlawedDrawing when there is a reason against a drawing."""
    if flaws:
        raise FlawedDrawing(flaws)


def _flaws_of_grid(drawing: Drawing) -> list[Flaw]:
    flaws = []
    if not (1 <= drawing.columns <= MOST_CELLS and 1 <= drawing.rows <= MOST_CELLS):
        flaws.append(Flaw(FlawCode.GRID, params={"most": MOST_CELLS}))
    if len(drawing.booths) > MOST_BOOTHS:
        flaws.append(Flaw(FlawCode.TOO_MANY, params={"most": MOST_BOOTHS}))
    return flaws


def _flaws_of_booth(booth: DrawnBooth, drawing: Drawing) -> list[Flaw]:
    about = (booth.number or "?",)
    right, bottom = booth.column + booth.width, booth.row + booth.height
    is_extent_right = 1 <= booth.width <= MOST_CELLS and 1 <= booth.height <= MOST_CELLS
    is_inside = (
        booth.column >= 0 and right <= drawing.columns and booth.row >= 0 and bottom <= drawing.rows
    )
    found = {
        FlawCode.NUMBER_MISSING: not booth.number.strip(),
        FlawCode.NUMBER_TOO_LONG: len(booth.number) > LONGEST_BOOTH_NUMBER,
        FlawCode.ZONE_MISSING: not booth.zone.strip(),
        FlawCode.ZONE_TOO_LONG: len(booth.zone) > LONGEST_ZONE,
        FlawCode.SIZE: not 1 <= booth.size_m2 <= MOST_SIZE_M2,
        FlawCode.POWER: not 0 <= booth.power_w <= MOST_POWER_W,
        FlawCode.EXTENT: not is_extent_right,
        FlawCode.OUTSIDE: is_extent_right and not is_inside,
    }
    return [Flaw(code, about) for code, is_so in found.items() if is_so]


def _overlaps(booths: Iterable[DrawnBooth]) -> list[Flaw]:
    taken: dict[Cell, str] = {}
    pairs: dict[tuple[str, str], None] = {}
    for booth in booths:
        for cell in booth.cells():
            if cell in taken:
                pairs.setdefault((taken[cell], booth.number or "?"))
            else:
                taken[cell] = booth.number or "?"
    return [Flaw(FlawCode.OVERLAP, pair) for pair in pairs]


def neighbours_of(booths: Sequence[DrawnBooth]) -> dict[str, frozenset[str]]:
    """Who stands beside whom, by booth number: booths that share a piece of an edge.

    A corner is not enough, and a free cell between two booths is an aisle. Of a sound drawing only.
    """
    at = {cell: booth.number for booth in booths for cell in booth.cells()}
    beside: dict[str, set[str]] = {booth.number: set() for booth in booths}
    for (column, row), number in at.items():
        for following in ((column + 1, row), (column, row + 1)):
            other = at.get(following)
            if other is not None and other != number:
                beside[number].add(other)
                beside[other].add(number)
    return {number: frozenset(others) for number, others in beside.items()}
