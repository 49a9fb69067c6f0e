"""The sentences for what the rules and actions of accounts refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from talentsvc.access.roles import Role
from talentsvc.accounts.labels import ROLE_NAMES
from talentsvc.accounts.rules.throttles import minutes_of
from talentsvc.accounts.terms import CODE_DIGITS, PASSWORD_LEAST, PASSWORD_MOST
from talentsvc.core.errors import InvalidInput

_SENTENCES: dict[tuple[str, str], Any] = {
    ("identifier", "missing"): _l("Enter your e-mail address or mobile number."),
    ("identifier", "too_long"): _l("This is too long for an e-mail address."),
    ("email", "shape"): _l("This is not an e-mail address. Example: name@example.cn"),
    ("email", "taken"): _l("There is an account with this e-mail address."),
    ("phone", "shape"): _l("This is neither an e-mail address nor a mobile number."),
    ("phone", "not_mobile"): _l(
        "Enter a mainland mobile number. Landlines and 400 numbers get no messages."
    ),
    ("phone", "taken"): _l("There is an account with this mobile number."),
    ("password", "short"): _l("Use at least %(count)s characters.", count=PASSWORD_LEAST),
    ("password", "long"): _l("Use at most %(count)s characters.", count=PASSWORD_MOST),
    ("password", "common"): _l(
        "Many people use this password, so it is tried first. Choose another, such as a sentence."
    ),
    ("password", "address"): _l("The password must not be your own address or number."),
    ("until", "before_start"): _l("The last day lies before the first."),
    ("role", "held"): _l("This account has that role in this period already."),
}

WRONG_CREDENTIALS = _l("The e-mail address, the mobile number or the password is not right.")
WRONG_PASSWORD = _l("The password is not right.")
WRONG_CODE = _l("This code is not right. Compare it with the message.")
CODE_OVER = _l("This code no longer works. Ask for a new one.")
LINK_OVER = _l("This link no longer works. Ask for a new one.")
CODE_SHAPE = _l("The code has %(count)s digits.", count=CODE_DIGITS)


def sentence_for(refusal: InvalidInput) -> Any:
    """The sentence for a refused value; the field's name is `refusal.field`."""
    if (refusal.field, refusal.code) == ("role", "excluded"):
        return _excluded(refusal)
    return _SENTENCES.get((refusal.field, refusal.code), _l("This value cannot be right."))


def wait_sentence(waiting: timedelta) -> str:
    """How long to wait, in whole minutes."""
    sentence: str = ngettext(
        "Too many tries. Please wait %(num)s minute, then try again.",
        "Too many tries. Please wait %(num)s minutes, then try again.",
        minutes_of(waiting),
    )
    return sentence


def _excluded(refusal: InvalidInput) -> Any:
    held = refusal.params.get("roles")
    names = [str(ROLE_NAMES[Role(role)]) for role in held] if isinstance(held, list) else []
    return _l(
        "This account holds a role that excludes the new one in this period: %(roles)s. End that one first.",
        roles=", ".join(names),
    )
