"""Reading drawings: from the editor's text, and from the rows of a table. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.halls import Drawing, DrawnBooth
from talentsvc.events.terms.hall import MOST_BOOTHS, MOST_CELLS

_WHOLE = ("column", "row", "width", "height", "size_m2", "power_w")
#: How the columns of a table may be called, in either language.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("展位号", "编号", "booth number", "number", "booth"),
    "zone": ("展区", "区", "zone"),
    "column": ("列", "column"),
    "row": ("行", "row"),
    "width": ("宽(格)", "宽", "width in cells", "width"),
    "height": ("深(格)", "深", "高", "depth in cells", "depth", "height"),
    "size_m2": ("面积(平方米)", "面积", "size, m²", "size"),
    "power_w": ("用电(瓦)", "用电", "power, w", "power"),
    "is_near_entrance": ("近入口", "near an entrance", "near entrance"),
    "is_blocked": ("停用", "blocked"),
}
_NEEDED = ("number", "column", "row")
_YES = frozenset({"是", "yes", "y", "1", "true", "√", "x"})
_NO = frozenset({"", "否", "no", "n", "0", "false"})


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in a line of a table; `line` is the number that the spreadsheet shows."""

    line: int
    column: str
    code: str
    value: str


class TableErrors(InvalidInput):
    """A table with wrong rows: nothing of it is taken."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__("table", "rows", count=len(errors))
        self.errors = tuple(errors)


def read_drawing(text: str) -> Drawing:
    """What the editor sends. Errors: InvalidInput for anything that is no drawing."""
    try:
        data = json.loads(text)
        booths = tuple(_booth_of(one) for one in data["booths"])
        return Drawing(_whole(data["columns"]), _whole(data["rows"]), booths)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InvalidInput("drawing", "unreadable") from error


def drawing_data(drawing: Drawing) -> dict[str, Any]:
    """A drawing for the editor; `read_drawing` reads its JSON back."""
    return {
        "columns": drawing.columns,
        "rows": drawing.rows,
        "booths": [
            {
                "id": str(booth.id) if booth.id else None,
                "number": booth.number,
                "zone": booth.zone,
                **{name: getattr(booth, name) for name in _WHOLE},
                "is_near_entrance": booth.is_near_entrance,
                "is_blocked": booth.is_blocked,
            }
            for booth in drawing.booths
        ],
    }


def _booth_of(data: Mapping[str, Any]) -> DrawnBooth:
    known = data.get("id")
    return DrawnBooth(
        number=_text(data["number"]),
        zone=_text(data["zone"]),
        **{name: _whole(data[name]) for name in _WHOLE},
        is_near_entrance=data.get("is_near_entrance") is True,
        is_blocked=data.get("is_blocked") is True,
        id=UUID(_text(known)) if known else None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value.strip()


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 10**6:
        raise TypeError("a whole number is wanted")
    return value


def merged_with_table(drawing: Drawing, table: Sequence[Sequence[str]]) -> Drawing:
    """The drawing with the booths of a table: a number that exists is changed, another is added.

    The grid grows where the table needs it. Cells count from 1 in a table, as people count.
    Errors: InvalidInput without the needed headings, TableErrors with every wrong cell.
    """
    if not table:
        raise InvalidInput("table", "empty")
    places = _headings(table[0])
    errors: list[RowError] = []
    booths = {booth.number: booth for booth in drawing.booths}
    seen: set[str] = set()
    for line, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            row = {name: _cell(cells, place) for name, place in places.items()}
            booth = _row_booth(line, row, booths.get(row["number"]), errors)
            if booth.number in seen:
                errors.append(RowError(line, HEADINGS["number"][0], "twice", booth.number))
            seen.add(booth.number)
            booths[booth.number] = booth
    if errors:
        raise TableErrors(errors)
    if not seen:
        raise InvalidInput("table", "empty")
    return _grown(drawing, tuple(booths.values()))


def _headings(first: Sequence[str]) -> dict[str, int]:
    cleaned = [cell.strip().lower().replace("（", "(").replace("）", ")") for cell in first]
    places = {
        name: cleaned.index(called)
        for name, names in HEADINGS.items()
        for called in names
        if called in cleaned
    }
    for name in _NEEDED:
        if name not in places:
            raise InvalidInput("table", "heading", heading=HEADINGS[name][0])
    return places


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _row_booth(
    line: int, row: Mapping[str, str], former: DrawnBooth | None, errors: list[RowError]
) -> DrawnBooth:
    number = row["number"]
    zone = row.get("zone") or (former.zone if former else number.rstrip("0123456789- ") or "A")
    booth = former or DrawnBooth(number=number, zone=zone, column=0, row=0)
    changed: dict[str, Any] = {"zone": zone}
    if not number:
        errors.append(RowError(line, HEADINGS["number"][0], "missing", ""))
    for name in _WHOLE:
        typed = row.get(name, "")
        if typed or name in _NEEDED:
            value = _typed_whole(typed)
            if value is None:
                errors.append(RowError(line, HEADINGS[name][0], "whole", typed))
            else:
                changed[name] = value - 1 if name in ("column", "row") else value
    for name in ("is_near_entrance", "is_blocked"):
        typed = row.get(name, "").lower()
        if name in row and typed not in _YES | _NO:
            errors.append(RowError(line, HEADINGS[name][0], "yes_or_no", typed))
        elif name in row:
            changed[name] = typed in _YES
    return replace(booth, **changed)


def _typed_whole(typed: str) -> int | None:
    plain = typed.removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 7 else None


def _grown(drawing: Drawing, booths: tuple[DrawnBooth, ...]) -> Drawing:
    few = booths[: MOST_BOOTHS + 1]
    columns = max([drawing.columns, *(one.column + one.width for one in few)])
    rows = max([drawing.rows, *(one.row + one.height for one in few)])
    return Drawing(min(columns, MOST_CELLS), min(rows, MOST_CELLS), booths)
