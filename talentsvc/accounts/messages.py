"""Kinds of message that accounts send.

Codes and links of the first group are secrets: never in the inbox, wiped once sent. Whether an
address is known shows only in the mail to that address, never on a page (ASVS 5.0, 6.3.8).
"""

from __future__ import annotations

from datetime import datetime

from talentsvc.core.clock import SHANGHAI
from talentsvc.notices.terms import Channel, NoticeKind

_AUDIENCE = "account"
_NAME = {"name": "欧阳䶮"}
_CODE = {"code": "048213", "minutes": "10"}
_SITE = "https://talent.example.cn"
_WHEN = {"moment": "2026-11-23 12:05"}


def _secret(code: str, channel: Channel, sample: dict[str, str]) -> NoticeKind:
    return NoticeKind(code, _AUDIENCE, sample, channels=(channel,), is_secret=True)


VERIFY_EMAIL = _secret("verify_email", Channel.EMAIL, {**_NAME, **_CODE})
VERIFY_PHONE = _secret("verify_phone", Channel.SMS, {**_NAME, **_CODE})
RESET_PASSWORD = _secret(
    "reset_password",
    Channel.EMAIL,
    {**_NAME, "link": f"{_SITE}/reset/new?token=example", "minutes": "60"},
)
RESET_CODE = _secret("reset_code", Channel.SMS, {**_NAME, **_CODE})
SIGN_IN_CODE = _secret("sign_in_code", Channel.SMS, {**_NAME, **_CODE})

#: The answers to whoever typed an address that is known already, or not at all.
ALREADY_REGISTERED = NoticeKind(
    "already_registered",
    _AUDIENCE,
    {**_NAME, "sign_in_link": f"{_SITE}/sign-in", "reset_link": f"{_SITE}/reset"},
    channels=(Channel.EMAIL, Channel.SMS),
)
NO_ACCOUNT = NoticeKind(
    "no_account",
    _AUDIENCE,
    {"register_link": f"{_SITE}/register"},
    channels=(Channel.EMAIL, Channel.SMS),
)

PASSWORD_CHANGED = NoticeKind(
    "password_changed",
    _AUDIENCE,
    {**_NAME, **_WHEN, "reset_link": f"{_SITE}/reset"},
    channels=(Channel.EMAIL, Channel.SMS, Channel.INBOX),
)
NEW_SIGN_IN = NoticeKind(
    "new_sign_in",
    _AUDIENCE,
    {**_NAME, **_WHEN, "device": "Firefox · Windows", "link": f"{_SITE}/account/sign-ins"},
)
SECOND_FACTOR_SET = NoticeKind("second_factor_set", _AUDIENCE, {**_NAME, **_WHEN})
SECOND_FACTOR_REMOVED = NoticeKind("second_factor_removed", _AUDIENCE, {**_NAME, **_WHEN})
ROLE_CHANGED = NoticeKind("role_changed", _AUDIENCE, {**_NAME, **_WHEN})

KINDS: tuple[NoticeKind, ...] = (
    VERIFY_EMAIL,
    VERIFY_PHONE,
    RESET_PASSWORD,
    RESET_CODE,
    SIGN_IN_CODE,
    ALREADY_REGISTERED,
    NO_ACCOUNT,
    PASSWORD_CHANGED,
    NEW_SIGN_IN,
    SECOND_FACTOR_SET,
    SECOND_FACTOR_REMOVED,
    ROLE_CHANGED,
)


def moment_text(at: datetime) -> str:
    """A moment of Beijing time, written the same in both languages."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
