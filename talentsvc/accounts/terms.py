"""Words, limits and happenings of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

#: Purposes of the blind indexes by which an account is found.
EMAIL_INDEX = "account.email"
PHONE_INDEX = "account.phone"


class AccountState(StrEnum):
    """Whether an account may sign in."""

    UNVERIFIED = "unverified"
    ACTIVE = "active"
    CLOSED = "closed"


class CodePurpose(StrEnum):
    """What a one-time code or link is good for."""

    VERIFY_EMAIL = "verify_email"
    VERIFY_PHONE = "verify_phone"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose, not a password
    SIGN_IN = "sign_in"
    SHOW_PROGRESS = "show_progress"


class SignInEnd(StrEnum):
    """Why a sign-in ended."""

    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a reason, not a password
    ROLES_CHANGED = "roles_changed"
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    REPLACED = "replaced"


class IdentifierKind(StrEnum):
    """By what somebody signs in."""

    EMAIL = "email"
    PHONE = "phone"


class CodeVerdict(StrEnum):
    """What became of a typed one-time code."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


class SignInVerdict(StrEnum):
    """What a try to sign in led to."""

    SIGNED_IN = "signed_in"
    SECOND_FACTOR_NEEDED = "second_factor_needed"
    NOT_VERIFIED = "not_verified"
    WRONG = "wrong"
    TOO_MANY_TRIES = "too_many_tries"


class Tried(StrEnum):
    """What is throttled."""

    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    SEND_CODE = "send_code"
    CHECK_CODE = "check_code"


@dataclass(frozen=True)
class Limit:
    """How many tries a window takes, for one account and for one network address."""

    per_account: int
    per_address: int
    window: timedelta


#: An office or a campus shares one address, so an address gets more tries than an account.
#: Ten tries a quarter of an hour leave an attacker 350,000 guesses a year at one account.
LIMITS: dict[Tried, Limit] = {
    Tried.SIGN_IN: Limit(10, 100, timedelta(minutes=15)),
    Tried.SECOND_FACTOR: Limit(10, 50, timedelta(minutes=15)),
    Tried.SEND_CODE: Limit(5, 50, timedelta(hours=1)),
    Tried.CHECK_CODE: Limit(20, 100, timedelta(minutes=15)),
}

#: NIST SP 800-63B and ASVS 5.0, 6.2.1 and 6.2.9; counted in code points after NFC.
PASSWORD_LEAST = 8
PASSWORD_MOST = 128

#: ASVS 5.0, 6.5.5: a code sent to somebody is good for at most ten minutes.
CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
#: A mailed link carries 256 random bits, so it may live longer than a code.
RESET_LINK_LIFE = timedelta(hours=1)

#: Between the password and the code of the second factor.
SECOND_STEP_LIFE = timedelta(minutes=10)

#: RFC 6238: 30 seconds a step; one step of clock difference is forgiven on either side.
TOTP_SECONDS = 30
TOTP_DRIFT_STEPS = 1

#: The last-seen time of a sign-in is written at most this often.
SEEN_EVERY = timedelta(minutes=1)

DISPLAY_NAME_MOST = 40


@dataclass(frozen=True)
class MailedPages:
    """Whole addresses of the pages that messages lead to; a mail knows no current host."""

    sign_in: str
    register: str
    reset: str
    new_password: str
    sign_ins: str
