"""Tables as XLSX and CSV files, in which no cell is ever a formula.

What people type ends up in other people's Excel: a name that begins with = must stay a name, and
an 18-digit number must keep its digits. So text is always written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from talentsvc.core.clock import SHANGHAI, require_aware

Cell = str | int | date | datetime | bool | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EXACT = 10**15
_MOST_ROWS = 1_048_576
_LONGEST_TEXT = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_rows(
    target: IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet: str = "1",
    is_for_print: bool = False,
) -> int:
    """Write one sheet of XLSX to `target` and return the number of rows below the header.

    For print it lies across A4, as wide as the paper, with the header on each page.

    Memory stays constant, so `rows` may stream from the database. Instants appear in Shanghai
    time; whole numbers beyond 15 digits as text, which Excel would round. Raises ValueError when
    a sheet cannot hold the rows or a text, TypeError for another kind of cell.
    """
    import xlsxwriter  # 0.2 s to load

    count = 0
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True})
        formats: dict[type, Any] = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        page.freeze_panes(1, 0)
        if is_for_print:
            _prepare_print(page)
        for column, title in enumerate(header):
            page.write_string(0, column, title, bold)
        for count, row in enumerate(rows, start=1):
            if count >= _MOST_ROWS:
                raise ValueError("more rows than a sheet holds")
            for column, cell in enumerate(row):
                _write_cell(page, count, column, cell, formats)
    return count


def write_csv_rows(target: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write CSV as UTF-8 with the mark Excel needs, and return the number of rows."""
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([csv_safe(title) for title in header])
    count = 0
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
        count += 1
    text.detach()
    return count


def csv_safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, an apostrophe in front if needed."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _prepare_print(page: Any) -> None:
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_cell(page: Any, row: int, column: int, cell: Cell, formats: dict[type, Any]) -> None:
    if cell is None:
        return
    if isinstance(cell, datetime):
        page.write_datetime(row, column, _wall_time(cell), formats[datetime])
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, formats[date])
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int) and abs(cell) < _EXACT:
        page.write_number(row, column, cell)
    elif isinstance(cell, int | str):
        page.write_string(row, column, _fitting(str(cell)))
    else:
        raise TypeError(f"{type(cell).__name__} is no cell")


def _csv_cell(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{_wall_time(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return int(cell)
    if isinstance(cell, str):
        return csv_safe(cell)
    raise TypeError(f"{type(cell).__name__} is no cell")


def _wall_time(at: datetime) -> datetime:
    return require_aware(at).astimezone(SHANGHAI).replace(tzinfo=None)


def _fitting(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise ValueError("a text is longer than a cell holds")
    return text
