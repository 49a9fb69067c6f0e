import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.core.spreadsheets import csv_safe, write_csv_rows, write_rows

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
HEADER = ("姓名", "编号")
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", "  =1"]


def _xlsx(rows, header=HEADER, **options):
    target = io.BytesIO()
    count = write_rows(target, header, rows, **options)
    return target, count


def _part(target, name):
    with zipfile.ZipFile(target) as book:
        return ElementTree.fromstring(book.read(name))  # noqa: S314 - our own file


def _cells(target):
    """Read the sheet as Excel would: the value of each cell by its declared type."""
    rows = _part(target, "xl/worksheets/sheet1.xml").iterfind(f".//{MAIN}row")
    return [[_value(cell) for cell in row] for row in rows]


def _value(cell):
    assert cell.find(f"{MAIN}f") is None, "a formula"
    if cell.get("t") == "inlineStr":
        return "".join(cell.itertext()).replace("_x000D_", "\r")
    text = cell.findtext(f"{MAIN}v")
    if cell.get("t") == "b":
        return text == "1"
    number = float(text)
    return EPOCH + timedelta(minutes=round(number * 1440)) if cell.get("s") else int(number)


def _sheet_names(target):
    sheets = _part(target, "xl/workbook.xml").iterfind(f".//{MAIN}sheet")
    return [sheet.get("name") for sheet in sheets]


def _csv(rows, header=HEADER):
    target = io.BytesIO()
    count = write_csv_rows(target, header, rows)
    return target.getvalue(), count


class TestXlsx:
    def test_every_kind_of_cell_keeps_its_value(self):
        at = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
        target, count = _xlsx([("张三", 42), (None, True), (date(2026, 11, 22), at)])
        assert count == 3
        assert _cells(target) == [
            ["姓名", "编号"],
            ["张三", 42],
            [True],
            [datetime(2026, 11, 22), datetime(2026, 11, 23, 0, 30)],  # noqa: DTZ001
        ]

    @pytest.mark.parametrize("text", DANGEROUS)
    def test_text_is_never_a_formula(self, text):
        target, _ = _xlsx([(text, "x")], header=(text, "b"))
        assert _cells(target) == [[text, "b"], [text, "x"]]

    def test_an_address_is_no_link(self):
        target, _ = _xlsx([("https://example.com/", "mailto:a@example.com")])
        sheet = _part(target, "xl/worksheets/sheet1.xml")
        assert sheet.find(f".//{MAIN}hyperlink") is None
        assert _cells(target)[1] == ["https://example.com/", "mailto:a@example.com"]

    def test_long_numbers_keep_their_digits(self):
        target, _ = _xlsx([("110105194912310021", 110105194912310021)])
        assert _cells(target)[1] == ["110105194912310021", "110105194912310021"]

    def test_rows_may_stream(self):
        target, count = _xlsx((str(n), n) for n in range(2_000))
        assert count == 2_000
        assert _cells(target)[-1] == ["1999", 1999]

    def test_the_sheet_has_its_name(self):
        target, count = _xlsx([], sheet="申请")
        assert count == 0
        assert _sheet_names(target) == ["申请"]

    def test_what_a_cell_cannot_hold_is_refused_not_cut(self):
        with pytest.raises(ValueError, match="longer"):
            _xlsx([("x" * 32_768, "")])

    def test_more_rows_than_a_sheet_holds_are_refused(self, monkeypatch):
        monkeypatch.setattr("talentsvc.core.spreadsheets._MOST_ROWS", 3)
        assert _xlsx([("a", "b")] * 2)[1] == 2
        with pytest.raises(ValueError, match="rows"):
            _xlsx([("a", "b")] * 3)

    def test_a_naive_time_is_refused(self):
        with pytest.raises(ValueError, match="naive"):
            _xlsx([("a", datetime(2026, 1, 1))])  # noqa: DTZ001

    def test_another_kind_of_cell_is_refused(self):
        with pytest.raises(TypeError):
            _xlsx([("a", 1.5)])


class TestCsv:
    def test_excel_reads_it_as_utf_8(self):
        content, count = _csv([("张三", 42), (None, date(2026, 11, 22))])
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.decode("utf-8-sig") == "姓名,编号\r\n张三,42\r\n,2026-11-22\r\n"
        assert count == 2

    def test_instants_appear_in_shanghai_time(self):
        content, _ = _csv([("a", datetime(2026, 11, 22, 16, 30, tzinfo=UTC))])
        assert content.endswith(b"a,2026-11-23 00:30\r\n")

    def test_numbers_are_numbers_and_text_is_text(self):
        content, _ = _csv([("-5", -5)], header=("=a", "b"))
        assert content.decode("utf-8-sig") == "'=a,b\r\n'-5,-5\r\n"

    def test_the_target_stays_open(self):
        target = io.BytesIO()
        write_csv_rows(target, HEADER, [])
        assert not target.closed

    def test_another_kind_of_cell_is_refused(self):
        with pytest.raises(TypeError):
            _csv([("a", 1.5)])

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    def test_no_text_is_ever_a_formula(self, text):
        content, _ = _csv([(text, "x")])
        ((cell, _),) = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
        assert not cell.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠"))
        assert cell in (text, f"'{text}")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_cell_gets_an_apostrophe(text):
    assert csv_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "张三", "a=b", "1-2", "a@example.com"])
def test_a_harmless_cell_stays(text):
    assert csv_safe(text) == text
