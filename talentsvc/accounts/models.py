"""Accounts, sign-ins, role grants, one-time codes and throttles.

A person is not an account: a person may have none, an account has one (decisions.md, "Identity").
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from talentsvc.access.roles import Role
from talentsvc.accounts.terms import AccountState, CodePurpose, SignInEnd
from talentsvc.extensions.database import Model, Sealed, enum_column, key_column


class Account(Model):
    """Somebody who can sign in, by e-mail address or mainland mobile number."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email_index IS NOT NULL OR phone_index IS NOT NULL", name="reachable"),
    )

    id: Mapped[UUID] = key_column()
    email_sealed: Mapped[bytes | None] = mapped_column(comment="e-mail address, encrypted")
    email_index: Mapped[bytes | None] = mapped_column(
        unique=True, comment="blind index of the address"
    )
    email_verified_at: Mapped[datetime | None] = mapped_column(
        comment="when the address was proved"
    )
    phone_sealed: Mapped[bytes | None] = mapped_column(comment="mobile number (E.164), encrypted")
    phone_index: Mapped[bytes | None] = mapped_column(
        unique=True, comment="blind index of the number"
    )
    phone_verified_at: Mapped[datetime | None] = mapped_column(comment="when the number was proved")
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", use_alter=True, name="fk_account_person_id"),
        unique=True,
        comment="whose account it is",
    )
    display_name: Mapped[str] = mapped_column(comment="how pages address this person")
    password_hash: Mapped[str] = mapped_column(comment="Argon2id")
    language: Mapped[str] = mapped_column(comment="zh or en")
    state: Mapped[AccountState] = enum_column(AccountState, comment="unverified, active or closed")
    totp_sealed: Mapped[bytes | None] = mapped_column(
        comment="secret of the second factor, encrypted"
    )
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(
        comment="when the second factor was first proved"
    )
    totp_last_counter: Mapped[int | None] = mapped_column(
        comment="last used time step; a code is good once"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when it was registered")
    is_demo: Mapped[bool] = mapped_column(
        default=False, comment="invented, with a sign-in button in the demo"
    )
    demo_role: Mapped[str | None] = mapped_column(comment="label of the demo button")

    email = Sealed("email_sealed")
    phone = Sealed("phone_sealed")
    totp_secret = Sealed("totp_sealed")


class SignIn(Model):
    """One sign-in on one device, with an idle and an absolute limit."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_account", "account_id", "created_at"),)

    id: Mapped[UUID] = key_column()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), comment="who signed in")
    token_hash: Mapped[bytes] = mapped_column(
        unique=True, comment="SHA-256 of the token in the cookie"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when")
    last_seen_at: Mapped[datetime] = mapped_column(comment="at most a minute old while in use")
    address: Mapped[str] = mapped_column(comment="network address at sign-in")
    device: Mapped[str] = mapped_column(comment="browser and system in a few words")
    has_second_factor: Mapped[bool] = mapped_column(
        default=False, comment="a second factor was proved"
    )
    ended_at: Mapped[datetime | None] = mapped_column(comment="when it ended")
    ended_by: Mapped[SignInEnd | None] = enum_column(
        SignInEnd, nullable=True, comment="why it ended"
    )


class RoleGrant(Model):
    """A role held by an account, from when until when; given by the security administrator alone."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="period"),
        Index("ix_role_grant_account", "account_id"),
    )

    id: Mapped[UUID] = key_column()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), comment="who holds it")
    role: Mapped[Role] = enum_column(Role, comment="which role")
    starts_at: Mapped[datetime] = mapped_column(comment="from")
    ends_at: Mapped[datetime | None] = mapped_column(comment="until, none for open")
    granted_by_account_id: Mapped[UUID | None] = mapped_column(
        comment="who gave it; none for the first one"
    )
    created_at: Mapped[datetime] = mapped_column(comment="when it was given")


class OneTimeCode(Model):
    """A code or link sent to somebody; used once, valid for minutes."""

    __tablename__ = "one_time_code"
    __table_args__ = (Index("ix_one_time_code_account", "account_id", "purpose"),)

    id: Mapped[UUID] = key_column()
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id"),
        comment="for whom; none when nobody has the address, so that both cases leave a row",
    )
    purpose: Mapped[CodePurpose] = enum_column(CodePurpose, comment="what it is good for")
    code_hash: Mapped[bytes] = mapped_column(comment="HMAC of the code; the code itself is nowhere")
    wrong_tries: Mapped[int] = mapped_column(default=0, comment="wrong tries so far; five end it")
    created_at: Mapped[datetime] = mapped_column(comment="when it was made")
    expires_at: Mapped[datetime] = mapped_column(comment="valid until")
    used_at: Mapped[datetime | None] = mapped_column(comment="when it was used or replaced")


class Throttle(Model):
    """Counts tries at something in a window; rows in PostgreSQL, so that it fails closed."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(
        primary_key=True, comment="what is counted, hashed: account or address"
    )
    window_started_at: Mapped[datetime] = mapped_column(comment="when counting began")
    count: Mapped[int] = mapped_column(comment="tries in the window")
