"""What is taken as a person: names, documents, dates (facts.md 5.1)."""

from datetime import date

import pytest

from talentsvc.core.errors import InvalidInput
from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.people.rules import check_person, checked_latin_name, checked_name
from tests.people.world import BORN, resident, typed

TODAY = date(2026, 11, 23)


def refusal(**changed) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as caught:
        check_person(**typed(**changed), on=TODAY)
    return caught.value.field, caught.value.code


def test_a_resident_number_says_birth_and_sex_and_overrides_what_was_typed():
    details = check_person(
        **typed(birth_on=date(2001, 1, 1), sex=Sex.MALE, document_number=resident(2)), on=TODAY
    )
    assert (details.birth_on, details.sex) == (BORN, Sex.FEMALE)


def test_a_passport_takes_birth_and_sex_as_typed_and_remembers_who_issued_it():
    details = check_person(
        **typed(
            document_kind=DocumentKind.PASSPORT,
            document_number="c01x 00t47",
            nationality="de",
            birth_on=date(1985, 5, 5),
            sex=Sex.FEMALE,
        ),
        on=TODAY,
    )
    assert (details.issued_by, details.document.number) == ("DE", "C01X00T47")
    assert (details.birth_on, details.sex) == (date(1985, 5, 5), Sex.FEMALE)


@pytest.mark.parametrize(
    "name",
    [
        "欧阳雪",
        "䶮",
        "𠮷野家",
        "买买提·吐尔逊",
        "Amara Okafor",
        "O'Brien",
        "José-María",
        "Nguyễn Văn Ánh",
    ],
)
def test_names_of_every_script_are_names(name):
    assert checked_name(f"  {name} ") == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("雪" * 101, "too_long"),
        ("张三1", "characters"),
        ("<b>", "characters"),
        ("·", "characters"),
        ("张\u202e三", "characters"),
        ("张\x00三", "characters"),
    ],
)
def test_what_is_no_name_is_refused(name, code):
    assert refusal(name=name) == ("name", code)


def test_a_latin_name_is_optional_and_latin():
    assert checked_latin_name("  ") is None
    assert checked_latin_name("OUYANG  Xue") == "OUYANG Xue"
    assert refusal(name_latin="欧阳") == ("name_latin", "characters")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"document_number": resident(1)[:-1]}, ("document_number", "length")),
        (
            {"document_number": resident(1)[:-1] + ("0" if resident(1)[-1] != "0" else "1")},
            ("document_number", "check_digit"),
        ),
        ({"document_number": "13990119900230001X"}, ("document_number", "date")),
        ({"nationality": "DE"}, ("nationality", "does_not_fit")),
        ({"nationality": "Germany"}, ("nationality", "missing")),
        (
            {
                "document_kind": DocumentKind.FOREIGN_PERMANENT_2017,
                "document_number": "DEU130100000001",
            },
            ("nationality", "does_not_fit"),
        ),
        (
            {"document_kind": DocumentKind.PASSPORT, "birth_on": BORN},
            ("document_number", "not_a_passport"),
        ),
        (
            {"document_kind": DocumentKind.PASSPORT, "document_number": "E12345678"},
            ("birth_on", "missing"),
        ),
        (
            {
                "document_kind": DocumentKind.PASSPORT,
                "document_number": "E12345678",
                "birth_on": date(2026, 11, 24),
            },
            ("birth_on", "out_of_range"),
        ),
        (
            {
                "document_kind": DocumentKind.PASSPORT,
                "document_number": "E12345678",
                "birth_on": date(1899, 12, 31),
            },
            ("birth_on", "out_of_range"),
        ),
        ({"document_valid_until": date(2026, 11, 22)}, ("document_valid_until", "past")),
        ({"phone": "0311-85091234"}, ("phone", "not_mobile")),
        ({"phone": "4001234567"}, ("phone", "not_mobile")),
    ],
)
def test_each_wrong_value_names_its_field_and_reason(changed, expected):
    assert refusal(**changed) == expected


def test_a_document_may_be_used_on_its_last_day_and_a_phone_left_out():
    details = check_person(**typed(document_valid_until=TODAY, phone=None), on=TODAY)
    assert (details.valid_until, details.phone) == (TODAY, None)


def test_a_foreigner_may_hold_the_travel_permit_of_hong_kong():
    details = check_person(
        **typed(
            document_kind=DocumentKind.HK_MACAO_TRAVEL_PERMIT,
            document_number="H12345678",
            nationality="GB",
            birth_on=BORN,
        ),
        on=TODAY,
    )
    assert (details.nationality, details.issued_by) == ("GB", "CN")


def test_details_show_no_number_when_printed():
    details = check_person(**typed(), on=TODAY)
    assert resident(1) not in repr(details)
