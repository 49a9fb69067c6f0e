"""Time-based codes of an authenticator app (RFC 6238), each good once."""

from __future__ import annotations

from datetime import datetime

import pyotp

from talentsvc.accounts.terms import TOTP_DRIFT_STEPS, TOTP_SECONDS
from talentsvc.core.typed_text import compact


def new_secret() -> str:
    """160 random bits as base 32, the length RFC 4226 recommends."""
    return pyotp.random_base32()


def used_counter(secret: str, typed: str, last_counter: int | None, at: datetime) -> int | None:
    """The time step of a right code, or None for a wrong one.

    A step at or before `last_counter` is refused, or a code read over the shoulder would work twice
    (RFC 6238 section 5.2).
    """
    code = compact(typed)
    generator = pyotp.TOTP(secret)
    current = int(at.timestamp()) // TOTP_SECONDS
    for counter in range(current - TOTP_DRIFT_STEPS, current + TOTP_DRIFT_STEPS + 1):
        is_fresh = last_counter is None or counter > last_counter
        if pyotp.utils.strings_equal(code, generator.generate_otp(counter)) and is_fresh:
            return counter
    return None


def enrolment_address(secret: str, account_name: str, service_name: str) -> str:
    """The `otpauth:` address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account_name, issuer_name=service_name)


def grouped(secret: str) -> str:
    """The secret in groups of four, for typing it by hand."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
