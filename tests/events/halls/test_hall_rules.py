"""Drawings of halls: what is refused, who stands beside whom, filling, and reading tables."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.hall_filling import Filling, filled
from talentsvc.events.rules.hall_reading import (
    TableErrors,
    drawing_data,
    merged_with_table,
    read_drawing,
)
from talentsvc.events.rules.halls import (
    Drawing,
    DrawnBooth,
    FlawedDrawing,
    flaws_of,
    neighbours_of,
    refuse_flaws,
)
from talentsvc.events.terms.hall import FlawCode

HALL = Drawing(10, 8)


def booth(
    number: str, column: int, row: int, width: int = 2, height: int = 2, **more
) -> DrawnBooth:
    return DrawnBooth(number, more.pop("zone", "A"), column, row, width, height, **more)


def hall(*booths: DrawnBooth) -> Drawing:
    return replace(HALL, booths=booths)


def codes(drawing: Drawing) -> list[FlawCode]:
    return [flaw.code for flaw in flaws_of(drawing)]


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (Drawing(0, 5), FlawCode.GRID),
        (Drawing(61, 5), FlawCode.GRID),
        (hall(booth("", 0, 0)), FlawCode.NUMBER_MISSING),
        (hall(booth("A" * 13, 0, 0)), FlawCode.NUMBER_TOO_LONG),
        (hall(booth("A01", 0, 0), booth("A01", 4, 0)), FlawCode.NUMBER_TWICE),
        (hall(booth("A01", 0, 0, zone=" ")), FlawCode.ZONE_MISSING),
        (hall(booth("A01", 0, 0, zone="Z" * 13)), FlawCode.ZONE_TOO_LONG),
        (hall(booth("A01", 0, 0, size_m2=0)), FlawCode.SIZE),
        (hall(booth("A01", 0, 0, power_w=-1)), FlawCode.POWER),
        (hall(booth("A01", 0, 0, 0, 1)), FlawCode.EXTENT),
        (hall(booth("A01", 9, 0)), FlawCode.OUTSIDE),
        (hall(booth("A01", -1, 0)), FlawCode.OUTSIDE),
        (hall(booth("A01", 0, 7)), FlawCode.OUTSIDE),
        (hall(booth("A01", 0, 0), booth("A02", 1, 1)), FlawCode.OVERLAP),
    ],
)
def test_what_is_wrong_in_a_drawing_is_found(drawing, code):
    assert codes(drawing) == [code]
    with pytest.raises(FlawedDrawing) as refused:
        refuse_flaws(flaws_of(drawing))
    assert refused.value.flaws[0].code is code


def test_a_sound_drawing_has_no_flaw_and_booths_may_touch():
    sound = hall(booth("A01", 0, 0), booth("A02", 2, 0), booth("A03", 8, 6))
    assert flaws_of(sound) == []
    refuse_flaws(flaws_of(sound))


def test_every_flaw_is_told_at_once():
    assert set(codes(hall(booth("A01", 0, 0), booth("A01", 1, 1), booth("", 9, 9)))) == {
        FlawCode.OVERLAP,
        FlawCode.NUMBER_TWICE,
        FlawCode.NUMBER_MISSING,
        FlawCode.OUTSIDE,
    }


def test_an_absurd_extent_ends_at_once():
    assert FlawCode.EXTENT in codes(hall(booth("A01", 0, 0, 10**6, 10**6)))


def test_neighbours_share_an_edge_and_neither_a_corner_nor_an_aisle():
    beside = neighbours_of(
        (
            booth("A01", 0, 0),
            booth("A02", 2, 1),
            booth("A03", 4, 3),
            booth("A04", 7, 0),
            booth("A05", 0, 2, 2, 1),
        )
    )
    assert beside == {
        "A01": frozenset({"A02", "A05"}),
        "A02": frozenset({"A01", "A05"}),
        "A03": frozenset(),
        "A04": frozenset(),
        "A05": frozenset({"A01", "A02"}),
    }


cells = st.integers(0, 9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells, st.integers(1, 3), st.integers(1, 3)), max_size=12))
def test_neighbours_are_mutual_and_measured_by_edges(places):
    booths: list[DrawnBooth] = []
    for number, (column, row, width, height) in enumerate(places):
        one = booth(f"A{number:02d}", column, row, width, height)
        if not any(set(one.cells()) & set(other.cells()) for other in booths):
            booths.append(one)
    beside = neighbours_of(booths)
    for one in booths:
        for other in booths:
            # An independent way: the rectangles touch along a piece that is longer than a point.
            across = min(one.column + one.width, other.column + other.width) - max(
                one.column, other.column
            )
            down = min(one.row + one.height, other.row + other.height) - max(one.row, other.row)
            touches = one is not other and min(across, down) == 0 and max(across, down) > 0
            assert (other.number in beside[one.number]) == touches


def test_an_area_is_filled_row_by_row_with_an_aisle_after_every_two_rows():
    pattern = booth("A01", 0, 0)
    added = filled(Filling(1, 0, 5, 8, pattern, aisle=1), ())
    assert [(one.number, one.column, one.row) for one in added] == [
        ("A01", 1, 0),
        ("A02", 3, 0),
        ("A03", 1, 2),
        ("A04", 3, 2),
        ("A05", 1, 5),
        ("A06", 3, 5),
    ]
    assert flaws_of(hall(*added)) == []


def test_filling_leaves_alone_what_is_drawn_and_passes_over_numbers_in_use():
    former = (booth("A02", 3, 0), booth("B01", 1, 3, 1, 1))
    added = filled(Filling(1, 0, 6, 4, booth("A01", 0, 0)), former)
    assert [(one.number, one.column, one.row) for one in added] == [
        ("A01", 1, 0),
        ("A03", 5, 0),
        ("A04", 3, 2),
        ("A05", 5, 2),
    ]
    assert flaws_of(hall(*former, *added)) == []


@pytest.mark.parametrize(
    ("filling", "field"),
    [
        (Filling(0, 0, 1, 1, booth("A01", 0, 0)), "area"),
        (Filling(0, 0, 4, 4, booth("Anna", 0, 0)), "first_number"),
        (Filling(0, 0, 4, 4, booth("A01", 0, 0), aisle=9), "aisle"),
        (Filling(0, 0, 400, 4, booth("A01", 0, 0)), "columns"),
    ],
)
def test_filling_that_cannot_be_is_refused(filling, field):
    with pytest.raises(InvalidInput) as refused:
        filled(filling, ())
    assert refused.value.field == field


def test_what_the_editor_sends_reads_back_the_same():
    drawing = hall(booth("A01", 0, 0, is_blocked=True), booth("A02", 2, 0, is_near_entrance=True))
    assert read_drawing(json.dumps(drawing_data(drawing))) == drawing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"columns": 5, "rows": 5, "booths": [1]}',
        '{"columns": true, "rows": 5, "booths": []}',
        '{"columns": 1e999, "rows": 5, "booths": []}',
        '{"columns": 5, "rows": 5, "booths": [{"number": 5}]}',
        "[" * 5000,
    ],
)
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(InvalidInput):
        read_drawing(text)


HEAD = ["展位号", "区", "列", "行", "宽", "高", "面积", "用电", "近入口", "停用"]


def test_a_table_changes_known_numbers_and_adds_others_and_the_grid_grows():
    drawing = hall(booth("A01", 0, 0, power_w=300))
    read = merged_with_table(
        drawing,
        [
            HEAD,
            ["A01", "", "2", "1", "", "", "12", "", "是", "否"],
            ["", "", ""],
            ["B07", "B", "11", "8", "2", "1", "9", "1000", "", "yes"],
        ],
    )
    first, second = read.booths
    assert (first.column, first.row, first.size_m2, first.power_w) == (1, 0, 12, 300)
    assert first.is_near_entrance
    assert (second.zone, second.width, second.is_blocked) == ("B", 2, True)
    assert (read.columns, read.rows) == (12, 8)
    assert flaws_of(read) == []


def test_every_wrong_cell_of_a_table_is_told_with_its_line():
    with pytest.raises(TableErrors) as refused:
        merged_with_table(
            hall(),
            [
                ["number", "column", "row", "blocked"],
                ["A01", "x", "1", "no"],
                ["", "1", "-1", "maybe"],
                ["A02", "1", "1", ""],
                ["A02", "3", "1", ""],
            ],
        )
    assert [(one.line, one.code) for one in refused.value.errors] == [
        (2, "whole"),
        (3, "missing"),
        (3, "whole"),
        (3, "yes_or_no"),
        (5, "twice"),
    ]


@pytest.mark.parametrize("table", [[], [["number", "row"]], [HEAD]])
def test_a_table_without_headings_or_rows_is_refused(table):
    with pytest.raises(InvalidInput):
        merged_with_table(hall(), table)
