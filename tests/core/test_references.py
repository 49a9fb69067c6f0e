import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from talentsvc.core.errors import InvalidInput
from talentsvc.core.references import (
    InvalidReference,
    Reference,
    ReferenceKind,
    check_character,
    format_reference,
    parse_reference,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
kinds = st.sampled_from(ReferenceKind)
years = st.integers(2020, 2100)
numbers = st.integers(1, 10**9 - 1)


def test_the_check_character_is_that_of_the_standard():
    # The worked example of the Global Release Identifier, which uses ISO 7064 MOD 37,36.
    assert check_character("A12425GABC1234002") == "M"


def test_the_written_forms():
    assert format_reference(ReferenceKind.APPLICATION, 2026, 318) == "GXS-2026-00318-2"
    assert format_reference(ReferenceKind.CARD, 2026, 4217) == "GXC-2026-004217-U"
    assert format_reference(ReferenceKind.EMPLOYER, 2026, 1234567).startswith("GXE-2026-1234567-")
    assert format_reference(ReferenceKind.EVENT_REGISTRATION, 2026, 1).startswith("GXH-2026-00001-")


@given(kinds, years, numbers)
def test_reading_gives_back_what_was_written(kind, year, number):
    text = format_reference(kind, year, number)
    assert parse_reference(text) == Reference(kind, year, number, text)


@pytest.mark.parametrize(
    "typed",
    [
        "gxs-2026-00318-2",
        " GXS 2026 00318 2 ",
        "GXS2026003182",
        "ＧＸＳ－２０２６－００３１８－２",
        "GXS—2026—00318—2",
        "GXS-2026-00318‑2\u200b",
    ],
)
def test_it_is_read_however_it_was_typed(typed):
    assert parse_reference(typed).text == "GXS-2026-00318-2"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "GXS",
        "GXS-2026-318-2",
        "GXX-2026-00318-2",
        "GXS-2026-000318-2",
        "GXS-2026-00000-0",
        "GXS-0026-00318-2",
        "GXC-2026-04217-U",
        "GXS-2026-٠٠٣١٨-2",
        "GXS-2026-00318-2; DROP TABLE",
        "G" * 10_000,
    ],
)
def test_another_shape_is_refused(typed):
    with pytest.raises(InvalidReference) as refused:
        parse_reference(typed)
    assert refused.value.code == "shape"
    assert isinstance(refused.value, InvalidInput)


def test_a_wrong_check_character_is_refused():
    with pytest.raises(InvalidReference) as refused:
        parse_reference("GXS-2026-00318-7")
    assert refused.value.code == "check_character"


@given(kinds, years, numbers, st.data())
def test_one_wrong_character_is_always_found(kind, year, number, data):
    text = format_reference(kind, year, number).replace("-", "")
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET))
    assume(other != text[at])
    with pytest.raises(InvalidReference):
        parse_reference(text[:at] + other + text[at + 1 :])


def test_swapped_neighbours_are_nearly_always_found():
    missed = swapped = 0
    for number in range(1, 3_000):
        text = format_reference(ReferenceKind.APPLICATION, 2026, number).replace("-", "")
        for at in range(3, len(text) - 1):
            typed = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            if typed != text:
                swapped += 1
                missed += _is_read(typed)
    assert swapped > 10_000
    assert missed / swapped < 0.01


def _is_read(typed):
    try:
        parse_reference(typed)
    except InvalidReference:
        return False
    return True


@given(st.text(max_size=30))
def test_no_text_does_anything_else_than_be_refused_or_read(text):
    try:
        reference = parse_reference(text)
    except InvalidReference:
        return
    assert parse_reference(reference.text) == reference


@pytest.mark.parametrize(("year", "number"), [(2026, 0), (2026, 10**9), (999, 1), (10_000, 1)])
def test_a_number_out_of_range_is_a_mistake_of_the_program(year, number):
    with pytest.raises(ValueError, match="range"):
        format_reference(ReferenceKind.APPLICATION, year, number)
