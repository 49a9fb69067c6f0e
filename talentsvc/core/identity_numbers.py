"""Document numbers of persons: shape, dates and check digits, by kind of document.

Sources: GB 11643-1999 with the check of ISO 7064 MOD 11-2, and the layouts of facts.md
section 5.1. The area code is only a hint: districts appear, merge and vanish (130171 is in no
published table), and people are numbered before or after their district exists. No area table
is consulted, so no real person is refused for living in the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from talentsvc.core.errors import InvalidInput
from talentsvc.core.typed_text import compact_upper

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_FIRST_YEAR = 1900
_PERMIT_AREAS = frozenset({"810000", "820000", "830000"})


class DocumentKind(StrEnum):
    """Documents by which a person is known here."""

    RESIDENT_ID = "resident_id"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    FOREIGN_PERMANENT_2017 = "foreign_permanent_2017"
    FOREIGN_PERMANENT_2023 = "foreign_permanent_2023"
    HK_MACAO_TRAVEL_PERMIT = "hk_macao_travel_permit"
    TAIWAN_TRAVEL_PERMIT = "taiwan_travel_permit"
    PASSPORT = "passport"


class Sex(StrEnum):
    """As the number tells it; unknown where it does not."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class InvalidNumberReason(StrEnum):
    """What is wrong with a document number, in the order in which it is looked at."""

    LENGTH = "length"
    CHARACTERS = "characters"
    AREA = "area"
    DATE = "date"
    FUTURE_DATE = "future_date"
    CHECK_DIGIT = "check_digit"


class InvalidIdentityNumber(InvalidInput):
    """The number cannot be of this kind of document. Never carries the number itself."""

    def __init__(self, reason: InvalidNumberReason) -> None:
        super().__init__("identity_number", reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A checked number, normalised, with what it says about the person."""

    kind: DocumentKind
    number: str
    birth_on: date | None
    sex: Sex

    def __repr__(self) -> str:
        return f"<IdentityNumber {self.kind.value}>"


def check_identity_number(kind: DocumentKind, text: str, *, on: date) -> IdentityNumber:
    """Check a number as typed (any case, spaces, full-width forms) and return it normalised.

    `on` is the day of the check: a birth after it is refused. Raises InvalidIdentityNumber.
    """
    number = compact_upper(text)
    return _CHECKS[kind](kind, number, on)


def resident_number(area: str, birth_on: date, order: int) -> str:
    """Return the valid 18-character number for an area, a birth date and an order number.

    Odd order numbers are male, even ones female. Makes invented people for the demo and tests.
    Raises ValueError for an area that is not six digits or an order outside 0-999.
    """
    if not re.fullmatch("[0-9]{6}", area) or not 0 <= order <= 999:
        raise ValueError("an area has six digits, an order three")
    body = f"{area}{birth_on:%Y%m%d}{order:03d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return the ISO 7064 MOD 11-2 check character (0-9 or X) of 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECK[total % 11]


def _check_18(kind: DocumentKind, number: str, on: date) -> IdentityNumber:
    """Check the layout all 18-character numbers share: 6 + birth date + order + check."""
    _require_shape(number, 18, "[0-9]{17}[0-9X]")
    if not _AREA_FITS[kind](number[:6]):
        raise InvalidIdentityNumber(InvalidNumberReason.AREA)
    birth_on = _birth_date(number[6:14], on)
    if check_digit(number[:17]) != number[17]:
        raise InvalidIdentityNumber(InvalidNumberReason.CHECK_DIGIT)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdentityNumber(kind, number, birth_on, sex)


def _birth_date(digits: str, on: date) -> date:
    try:
        birth_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise InvalidIdentityNumber(InvalidNumberReason.DATE) from None
    if birth_on.year < _FIRST_YEAR:
        raise InvalidIdentityNumber(InvalidNumberReason.DATE)
    if birth_on > on:
        raise InvalidIdentityNumber(InvalidNumberReason.FUTURE_DATE)
    return birth_on


def _plain(length: int | None, pattern: str) -> _Check:
    """Return the check of a number that has a shape and says nothing about the person."""

    def check(kind: DocumentKind, number: str, on: date) -> IdentityNumber:
        _require_shape(number, length, pattern)
        return IdentityNumber(kind, number, None, Sex.UNKNOWN)

    return check


def _check_passport(kind: DocumentKind, number: str, on: date) -> IdentityNumber:
    """States number passports as they like; 5 to 20 letters and digits cover those in use."""
    if not 5 <= len(number) <= 20:
        raise InvalidIdentityNumber(InvalidNumberReason.LENGTH)
    return _plain(None, "[A-Z0-9]+")(kind, number, on)


def _require_shape(number: str, length: int | None, pattern: str) -> None:
    if length is not None and len(number) != length:
        raise InvalidIdentityNumber(InvalidNumberReason.LENGTH)
    if not re.fullmatch(pattern, number):
        raise InvalidIdentityNumber(InvalidNumberReason.CHARACTERS)


_Check = Callable[[DocumentKind, str, date], IdentityNumber]

_AREA_FITS: dict[DocumentKind, Callable[[str], bool]] = {
    DocumentKind.RESIDENT_ID: lambda area: area[0] not in "09",
    DocumentKind.HMT_RESIDENCE_PERMIT: lambda area: area in _PERMIT_AREAS,
    DocumentKind.FOREIGN_PERMANENT_2023: lambda area: area[0] == "9",
}

_CHECKS: dict[DocumentKind, _Check] = {
    DocumentKind.RESIDENT_ID: _check_18,
    DocumentKind.HMT_RESIDENCE_PERMIT: _check_18,
    DocumentKind.FOREIGN_PERMANENT_2017: _plain(15, "[A-Z]{3}[0-9]{12}"),
    DocumentKind.FOREIGN_PERMANENT_2023: _check_18,
    DocumentKind.HK_MACAO_TRAVEL_PERMIT: _plain(9, "[HM][0-9]{8}"),
    DocumentKind.TAIWAN_TRAVEL_PERMIT: _plain(8, "[0-9]{8}"),
    DocumentKind.PASSPORT: _check_passport,
}
