"""Reads of accounts: who is behind a cookie, and what they may do."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from flask import current_app
from flask_login import UserMixin
from sqlalchemy import or_, select

from talentsvc.access.actor import Actor, permissions_for
from talentsvc.access.roles import PERMISSIONS_OF, Role
from talentsvc.accounts.models import Account, RoleGrant, SignIn
from talentsvc.accounts.rules.identifiers import Identifier
from talentsvc.accounts.terms import EMAIL_INDEX, PHONE_INDEX, AccountState
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.current import current_settings
from talentsvc.extensions.database import blind_index, db
from talentsvc.settings import Settings


class SignedIn(UserMixin):  # type: ignore[misc]
    """Somebody who is signed in, for Flask-Login."""

    def __init__(self, token: str, sign_in: SignIn, account: Account, actor: Actor) -> None:
        self.token = token
        self.sign_in = sign_in
        self.sign_in_id = sign_in.id
        self.last_seen_at = sign_in.last_seen_at
        self.account = account
        self.actor = actor
        self.language = account.language

    def get_id(self) -> str:
        """What the cookie holds: the token of this sign-in."""
        return self.token


def token_hash(token: str) -> bytes:
    """What is stored of a sign-in token."""
    return hashlib.sha256(token.encode()).digest()


def is_over(sign_in: SignIn, settings: Settings, at: datetime) -> bool:
    """Whether a sign-in has ended, been idle too long, or reached its absolute limit."""
    if sign_in.ended_at is not None:
        return True
    # Last seen is written at most once a minute, so the idle limit is that much more generous.
    idle_limit = settings.sign_in_idle + timedelta(minutes=1)
    return (
        at - sign_in.last_seen_at > idle_limit
        or at - sign_in.created_at > settings.sign_in_absolute
    )


def load_signed_in(token: str) -> SignedIn | None:
    """The person behind a cookie, or None when the sign-in is over. Two queries: sign-in, grants."""
    found = db.session.execute(
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == token_hash(token))
    ).one_or_none()
    if found is None:
        return None
    sign_in, account = cast(tuple[SignIn, Account], tuple(found))
    settings = current_settings()
    at = now()
    if account.state is not AccountState.ACTIVE or is_over(sign_in, settings, at):
        return None
    return SignedIn(token, sign_in, account, actor_for(account, sign_in, at))


def actor_for(account: Account, sign_in: SignIn | None, at: datetime) -> Actor:
    """The actor of an account at a moment: its roles in force and the employers it acts for."""
    roles = roles_of(account.id, at)
    employer_ids = _employer_ids(account.person_id, at)
    settings = current_settings()
    lacks_factor = (
        bool(roles) and not settings.is_demo and (sign_in is None or not sign_in.has_second_factor)
    )
    return Actor(
        account_id=account.id,
        person_id=account.person_id,
        display_name=account.display_name,
        language=account.language,
        roles=roles,
        employer_ids=employer_ids,
        acting_as="applicant",
        sign_in_id=sign_in.id if sign_in else None,
        must_set_second_factor=lacks_factor and sign_in is not None,
        permissions=permissions_for(roles, employer_ids),
    )


def roles_of(account_id: UUID, at: datetime) -> frozenset[Role]:
    """Roles in force at a moment."""
    statement = select(RoleGrant.role).where(
        RoleGrant.account_id == account_id,
        RoleGrant.starts_at <= at,
        or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > at),
    )
    return frozenset(db.session.execute(statement).scalars())


def _employer_ids(person_id: UUID | None, at: datetime) -> frozenset[UUID]:
    """Employers somebody acts for; asked through a hook, since `employers` is a floor above."""
    lookup: Any = current_app.extensions.get("talentsvc.employer_lookup")
    if person_id is None or lookup is None:
        return frozenset()
    return frozenset(lookup(person_id, at))


def staff_person_id(account_id: UUID, at: datetime) -> UUID | None:
    """The person behind a staff account that holds a role now, or None."""
    if not roles_of(account_id, at):
        return None
    account = db.session.get(Account, account_id)
    return (
        account.person_id if account is not None and account.state is AccountState.ACTIVE else None
    )


def staff_with(permissions: frozenset[str], at: datetime) -> list[Account]:
    """Active accounts that hold at least one of these permissions now, by name. One query."""
    wanted = [role for role, held in PERMISSIONS_OF.items() if held & permissions]
    statement = (
        select(Account)
        .where(
            Account.state == AccountState.ACTIVE,
            Account.id.in_(
                select(RoleGrant.account_id).where(
                    RoleGrant.role.in_(wanted),
                    RoleGrant.starts_at <= at,
                    or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > at),
                )
            ),
        )
        .order_by(Account.display_name, Account.id)
    )
    return list(db.session.execute(statement).scalars())


def identifier_index(identifier: Identifier) -> bytes:
    """The blind index under which an address is stored."""
    return blind_index(EMAIL_INDEX if identifier.is_email else PHONE_INDEX, identifier.value)


def find_account(identifier: Identifier) -> Account | None:
    """The account with an address, in whatever state."""
    column = Account.email_index if identifier.is_email else Account.phone_index
    statement = select(Account).where(column == identifier_index(identifier))
    return db.session.execute(statement).scalar_one_or_none()


def account_of(account_id: UUID | None) -> Account:
    """An account by id. Errors: NotFoundHere."""
    account = db.session.get(Account, account_id) if account_id is not None else None
    if account is None:
        raise NotFoundHere()
    return account


def demo_accounts() -> list[Account]:
    """The invented accounts with a sign-in button."""
    statement = (
        select(Account)
        .where(
            Account.is_demo, Account.demo_role.is_not(None), Account.state == AccountState.ACTIVE
        )
        .order_by(Account.created_at, Account.id)
    )
    return list(db.session.execute(statement).scalars())


def has_administrator() -> bool:
    """Whether anybody was ever made security administrator."""
    statement = select(RoleGrant.id).where(RoleGrant.role == Role.SECURITY_ADMIN).limit(1)
    return db.session.execute(statement).scalar_one_or_none() is not None
