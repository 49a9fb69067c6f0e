"""Tables of booths as files: read from XLSX or CSV, and the workbook of a plan."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence

from flask_babel import gettext as _

from talentsvc.core.errors import InvalidInput
from talentsvc.core.spreadsheets import Cell, write_rows
from talentsvc.events.models import Booth
from talentsvc.events.queries.halls import Company
from talentsvc.events.terms.hall import LARGEST_TABLE, LARGEST_UNPACKED, MOST_BOOTHS

_ZIP = b"PK\x03\x04"
_MOST_LINES = MOST_BOOTHS * 2


def read_table(data: bytes) -> list[list[str]]:
    """The rows of the first sheet as texts. Errors: InvalidInput for what is no table, or too large a one."""
    if len(data) > LARGEST_TABLE:
        raise InvalidInput("table", "too_large")
    rows = _rows_of_workbook(data) if data.startswith(_ZIP) else _rows_of_csv(data)
    if len(rows) > _MOST_LINES:
        raise InvalidInput("table", "too_large")
    return rows


def _rows_of_workbook(data: bytes) -> list[list[str]]:
    import python_calamine  # only here: the app's import time is budgeted

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise InvalidInput("table", "too_large")
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, python_calamine.CalamineError) as error:
        raise InvalidInput("table", "unreadable") from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _rows_of_csv(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return _parsed(text)
    raise InvalidInput("table", "unreadable")


def _parsed(text: str) -> list[list[str]]:
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as error:
        raise InvalidInput("table", "unreadable") from error


def write_plan(target: io.BytesIO, booths: Sequence[Booth], companies: Sequence[Company]) -> None:
    """Write the plan as one sheet: a line per booth, with the company that stands there."""
    standing = {one.booth.id: one for one in companies if one.booth is not None}
    header = (
        _("Booth number"),
        _("Hall zone"),
        _("Column"),
        _("Row"),
        _("Width in cells"),
        _("Depth in cells"),
        _("Size, m²"),
        _("Power, W"),
        _("Near an entrance"),
        _("Blocked"),
        _("Company"),
        _("Fixed"),
    )
    rows = [_plan_row(booth, standing.get(booth.id)) for booth in booths]
    write_rows(target, header, rows, sheet=_("Hall plan"), is_for_print=True)


def _plan_row(booth: Booth, company: Company | None) -> tuple[Cell, ...]:
    yes, no = _("Yes"), _("No")
    is_fixed = (
        company is not None and company.assignment is not None and company.assignment.is_locked
    )
    return (
        booth.number,
        booth.zone,
        booth.column + 1,
        booth.row + 1,
        booth.width,
        booth.height,
        booth.size_m2,
        booth.power_w,
        yes if booth.is_near_entrance else no,
        yes if booth.is_blocked else no,
        company.employer.name if company else "",
        yes if is_fixed else "",
    )
