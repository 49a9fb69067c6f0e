"""Mainland mobile numbers. Landlines and 400 numbers are refused: a code sent there is lost."""

from __future__ import annotations

from talentsvc.core.errors import InvalidInput
from talentsvc.core.typed_text import half_width

_MAINLAND = 86
_LONGEST = 40


class InvalidPhone(InvalidInput):
    """Not a mainland mobile number: `code` is `shape` or `not_mobile`."""

    def __init__(self, code: str) -> None:
        super().__init__("phone", code)


def check_mobile(text: str) -> str:
    """Return a mainland mobile number in E.164, `+8613812345678`.

    Takes it as typed: with or without +86, spaces, hyphens, full-width digits.
    Raises InvalidPhone.
    """
    import phonenumbers  # its tables take a while to load

    if len(text) > _LONGEST:
        raise InvalidPhone("shape")
    try:
        number = phonenumbers.parse(half_width(text).strip(), "CN")
    except phonenumbers.NumberParseException:
        raise InvalidPhone("shape") from None
    if number.country_code != _MAINLAND or number.extension:
        raise InvalidPhone("not_mobile")
    is_mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    if not is_mobile or not phonenumbers.is_valid_number(number):
        raise InvalidPhone("not_mobile")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
