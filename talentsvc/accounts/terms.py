"""Words of accounts."""

from __future__ import annotations

from enum import StrEnum


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
