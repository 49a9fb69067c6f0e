"""The unified social credit code of a legal person.

GB 32100-2015 with amendment 2016-1 (facts.md section 5.2): 18 characters out of 31, made of
1 authority, 1 class, 6 area, 9 organisation code, 1 check. The organisation code inside carries
a check of its own (GB 11714), which common libraries skip.
"""

from __future__ import annotations

import re
from enum import StrEnum

from talentsvc.core.errors import InvalidInput
from talentsvc.core.typed_text import compact_upper

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""No I, O, S, V and Z, which look like 1, 0, 5, U and 2."""

AUTHORITIES = frozenset("123456789ANY")
"""Registering authorities: 1 establishment office to 9 market regulation, A military establishment
office, N agriculture (village collectives), Y others."""

_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECK = "0X987654321"
_LENGTH = 18


class InvalidCodeReason(StrEnum):
    """What is wrong with a credit code, in the order in which it is looked at."""

    LENGTH = "length"
    CHARACTERS = "characters"
    AUTHORITY = "authority"
    AREA = "area"
    ORGANISATION_CODE = "organisation_code"
    CHECK_DIGIT = "check_digit"


class InvalidCreditCode(InvalidInput):
    """The text is no unified social credit code."""

    def __init__(self, reason: InvalidCodeReason) -> None:
        super().__init__("credit_code", reason.value)
        self.reason = reason


def check_credit_code(text: str) -> str:
    """Return the normalised code of what was typed (any case, spaces, full-width forms).

    Raises InvalidCreditCode with the first thing found wrong.
    """
    code = compact_upper(text)
    if len(code) != _LENGTH:
        raise InvalidCreditCode(InvalidCodeReason.LENGTH)
    if not set(code) <= set(CHARACTERS):
        raise InvalidCreditCode(InvalidCodeReason.CHARACTERS)
    if code[0] not in AUTHORITIES:
        raise InvalidCreditCode(InvalidCodeReason.AUTHORITY)
    if not re.fullmatch("[0-9]{6}", code[2:8]):
        raise InvalidCreditCode(InvalidCodeReason.AREA)
    if organisation_check(code[8:16]) != code[16]:
        raise InvalidCreditCode(InvalidCodeReason.ORGANISATION_CODE)
    if _check_character(code[:17]) != code[17]:
        raise InvalidCreditCode(InvalidCodeReason.CHECK_DIGIT)
    return code


def credit_code_for(prefix17: str) -> str:
    """Return the valid code that begins with `prefix17`, for invented employers.

    A prefix of 16 characters gets the organisation code's check character as its 17th.
    Raises InvalidCreditCode when no valid code begins so.
    """
    prefix = compact_upper(prefix17)
    if not 16 <= len(prefix) <= 17:
        raise InvalidCreditCode(InvalidCodeReason.LENGTH)
    if not set(prefix) <= set(CHARACTERS):
        raise InvalidCreditCode(InvalidCodeReason.CHARACTERS)
    if len(prefix) == 16:
        prefix += organisation_check(prefix[8:])
    return check_credit_code(prefix + _check_character(prefix))


def organisation_check(body: str) -> str:
    """Return the GB 11714 check character (0-9 or X) of the eight characters of a code.

    Digits count as themselves, letters from A = 10 to Z = 35: 11 minus the sum modulo 11, where
    10 is written X and 11 as 0.
    """
    total = sum(
        weight * int(char, 36) for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True)
    )
    return _ORGANISATION_CHECK[total % 11]


def _check_character(body: str) -> str:
    values = (CHARACTERS.index(char) for char in body)
    total = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return CHARACTERS[-total % 31]
