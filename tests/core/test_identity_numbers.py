from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from talentsvc.core.errors import InvalidInput
from talentsvc.core.identity_numbers import (
    DocumentKind,
    InvalidIdentityNumber,
    InvalidNumberReason,
    Sex,
    check_digit,
    check_identity_number,
    resident_number,
)

TODAY = date(2026, 11, 22)
RESIDENT = DocumentKind.RESIDENT_ID

areas = st.from_regex("[1-8][0-9]{5}", fullmatch=True)
births = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)
orders = st.integers(0, 999)


def _reason(kind, text, on=TODAY):
    with pytest.raises(InvalidIdentityNumber) as refused:
        check_identity_number(kind, text, on=on)
    assert isinstance(refused.value, InvalidInput)
    assert refused.value.code == refused.value.reason
    return refused.value.reason


class TestResidentId:
    def test_the_example_of_the_standard(self):
        # GB 11643-1999, annex A.
        found = check_identity_number(RESIDENT, "11010519491231002X", on=TODAY)
        assert found.number == "11010519491231002X"
        assert found.birth_on == date(1949, 12, 31)
        assert found.sex is Sex.FEMALE
        assert found.kind is RESIDENT

    @given(areas, births, orders)
    def test_every_made_number_is_read_back(self, area, birth_on, order):
        number = resident_number(area, birth_on, order)
        found = check_identity_number(RESIDENT, number, on=TODAY)
        assert (found.number, found.birth_on) == (number, birth_on)
        assert found.sex is (Sex.MALE if order % 2 else Sex.FEMALE)

    @pytest.mark.parametrize(
        "area",
        ["130171", "130172", "130108", "130103", "510118", "320213", "330113", "810000", "830000"],
    )
    def test_new_abolished_and_unlisted_areas_are_taken(self, area):
        number = resident_number(area, date(1965, 3, 8), 123)
        assert check_identity_number(RESIDENT, number, on=TODAY).number == number

    @pytest.mark.parametrize(
        "typed",
        [
            "11010519491231002x",
            " 110105 19491231 002X ",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105\u200b19491231\u00a0002X",
        ],
    )
    def test_it_is_read_however_it_was_typed(self, typed):
        assert check_identity_number(RESIDENT, typed, on=TODAY).number == "11010519491231002X"

    @given(areas, births, orders, st.integers(0, 17), st.sampled_from("0123456789X"))
    def test_one_wrong_character_is_always_found(self, area, birth_on, order, at, other):
        number = resident_number(area, birth_on, order)
        assume(other != number[at])
        _reason(RESIDENT, number[:at] + other + number[at + 1 :])

    @given(areas, births, orders, st.integers(0, 16))
    def test_swapped_neighbours_are_always_found(self, area, birth_on, order, at):
        number = resident_number(area, birth_on, order)
        assume(number[at] != number[at + 1])
        _reason(RESIDENT, number[:at] + number[at + 1] + number[at] + number[at + 2 :])

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "length"),
            ("11010549123100", "length"),
            ("110105491231002", "length"),
            ("11010519491231002XX", "length"),
            ("1101051949123100X2", "characters"),
            ("11010519491231002Y", "characters"),
            ("1101051949123100二X", "characters"),
            ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "characters"),
            ("01010519491231002X", "area"),
            ("932682198501010017", "area"),
            ("110105194913310021", "date"),
            ("110105194902300021", "date"),
            ("110105189912310021", "date"),
            ("110105000001010021", "date"),
            ("110105194912310021", "check_digit"),
        ],
    )
    def test_each_fault_has_its_reason(self, text, reason):
        assert _reason(RESIDENT, text) == reason

    def test_the_29th_of_february_exists_in_leap_years_only(self):
        body = "13010219000229" + "001"
        assert _reason(RESIDENT, body + check_digit(body)) is InvalidNumberReason.DATE
        leap = resident_number("130102", date(2000, 2, 29), 1)
        assert check_identity_number(RESIDENT, leap, on=TODAY).birth_on == date(2000, 2, 29)

    def test_a_birth_is_not_after_the_day_of_the_check(self):
        number = resident_number("130102", TODAY, 1)
        assert check_identity_number(RESIDENT, number, on=TODAY).birth_on == TODAY
        yesterday = TODAY - timedelta(days=1)
        assert _reason(RESIDENT, number, yesterday) is InvalidNumberReason.FUTURE_DATE


class TestPermits:
    @pytest.mark.parametrize("area", ["810000", "820000", "830000"])
    def test_a_residence_permit_has_one_of_three_areas(self, area):
        number = resident_number(area, date(1990, 5, 17), 16)
        found = check_identity_number(DocumentKind.HMT_RESIDENCE_PERMIT, number, on=TODAY)
        assert (found.birth_on, found.sex) == (date(1990, 5, 17), Sex.FEMALE)

    def test_another_area_is_no_residence_permit(self):
        number = resident_number("810001", date(1990, 5, 17), 16)
        kind = DocumentKind.HMT_RESIDENCE_PERMIT
        assert _reason(kind, number) is InvalidNumberReason.AREA

    def test_the_published_example_of_a_foreign_permanent_resident(self):
        kind = DocumentKind.FOREIGN_PERMANENT_2023
        found = check_identity_number(kind, "932682198501010017", on=TODAY)
        assert (found.birth_on, found.sex) == (date(1985, 1, 1), Sex.MALE)
        assert _reason(kind, "932682198501010018") is InvalidNumberReason.CHECK_DIGIT
        assert _reason(kind, "11010519491231002X") is InvalidNumberReason.AREA

    def test_the_version_of_2017_is_valid_beside_it(self):
        kind = DocumentKind.FOREIGN_PERMANENT_2017
        found = check_identity_number(kind, "usa 110080012345", on=TODAY)
        assert (found.number, found.birth_on, found.sex) == ("USA110080012345", None, Sex.UNKNOWN)
        assert _reason(kind, "US1110080012345") is InvalidNumberReason.CHARACTERS
        assert _reason(kind, "USA11008001234") is InvalidNumberReason.LENGTH

    @pytest.mark.parametrize(
        ("kind", "typed", "number"),
        [
            (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "h 1234 5678", "H12345678"),
            (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "M00000001", "M00000001"),
            (DocumentKind.TAIWAN_TRAVEL_PERMIT, "０１２３４５６７", "01234567"),
            (DocumentKind.PASSPORT, "e a1234567", "EA1234567"),
            (DocumentKind.PASSPORT, "12345", "12345"),
        ],
    )
    def test_numbers_that_say_nothing_about_the_person(self, kind, typed, number):
        found = check_identity_number(kind, typed, on=TODAY)
        assert (found.kind, found.number) == (kind, number)
        assert (found.birth_on, found.sex) == (None, Sex.UNKNOWN)

    @pytest.mark.parametrize(
        ("kind", "text", "reason"),
        [
            (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "T12345678", "characters"),
            (DocumentKind.HK_MACAO_TRAVEL_PERMIT, "H1234567", "length"),
            (DocumentKind.TAIWAN_TRAVEL_PERMIT, "1234567A", "characters"),
            (DocumentKind.TAIWAN_TRAVEL_PERMIT, "123456789", "length"),
            (DocumentKind.PASSPORT, "A123", "length"),
            (DocumentKind.PASSPORT, "A" * 21, "length"),
            (DocumentKind.PASSPORT, "AB-12345", "characters"),
            (DocumentKind.PASSPORT, "护照12345", "characters"),
        ],
    )
    def test_their_faults(self, kind, text, reason):
        assert _reason(kind, text) == reason


@given(st.sampled_from(DocumentKind), st.text(max_size=25))
@example(RESIDENT, "130171199001011234")
def test_no_text_does_anything_else_than_be_refused_or_read(kind, text):
    try:
        found = check_identity_number(kind, text, on=TODAY)
    except InvalidIdentityNumber:
        return
    assert check_identity_number(kind, found.number, on=TODAY) == found


def test_the_number_is_kept_out_of_reprs_and_errors():
    found = check_identity_number(RESIDENT, "11010519491231002X", on=TODAY)
    assert "1949" not in repr(found)
    with pytest.raises(InvalidIdentityNumber) as refused:
        check_identity_number(RESIDENT, "110105194912310021", on=TODAY)
    assert "1949" not in repr(refused.value)
    assert "1949" not in str(refused.value)


@pytest.mark.parametrize(("area", "order"), [("13010", 1), ("13010A", 1), ("130102", 1000)])
def test_an_impossible_demo_number_is_a_mistake_of_the_program(area, order):
    with pytest.raises(ValueError, match="digits"):
        resident_number(area, date(1990, 1, 1), order)
