"""Reads of accounts: who is behind a cookie, and what they may do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from flask import current_app
from flask_login import UserMixin
from sqlalchemy import bindparam, func, or_, select

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


class Sighting(Protocol):
    """What a request must know of a sign-in: the row itself, or these columns of it."""

    id: Any
    created_at: Any
    last_seen_at: Any
    ended_at: Any
    has_second_factor: Any


class SignedIn(UserMixin):  # type: ignore[misc]
    """Somebody who is signed in, for Flask-Login."""

    def __init__(self, token: str, sign_in: Sighting, actor: Actor, account_id: UUID) -> None:
        self.token = token
        self.account_id = account_id
        self.sign_in = sign_in
        self.sign_in_id = sign_in.id
        self.last_seen_at = sign_in.last_seen_at
        self.actor = actor
        self.language = actor.language

    def get_id(self) -> str:
        """What the cookie holds: the token of this sign-in."""
        return self.token


def token_hash(token: str) -> bytes:
    """What is stored of a sign-in token."""
    return hashlib.sha256(token.encode()).digest()


def is_over(sign_in: Sighting, settings: Settings, at: datetime) -> bool:
    """Whether a sign-in has ended, been idle too long, or reached its absolute limit."""
    if sign_in.ended_at is not None:
        return True
    # Last seen is written at most once a minute, so the idle limit is that much more generous.
    idle_limit = settings.sign_in_idle + timedelta(minutes=1)
    return bool(
        at - sign_in.last_seen_at > idle_limit
        or at - sign_in.created_at > settings.sign_in_absolute
    )


_sign_in, _account, _grant = SignIn.__table__.c, Account.__table__.c, RoleGrant.__table__.c
#: Asked with every page of everybody who is signed in: built once, and no more columns than it needs.
_BEHIND_TOKEN = (
    select(
        _sign_in.id,
        _sign_in.created_at,
        _sign_in.last_seen_at,
        _sign_in.ended_at,
        _sign_in.has_second_factor,
        _sign_in.account_id,
        _account.person_id,
        _account.display_name,
        _account.language,
        _account.state,
        select(func.array_agg(_grant.role))
        .where(
            _grant.account_id == _account.id,
            _grant.starts_at <= bindparam("at"),
            or_(_grant.ends_at.is_(None), _grant.ends_at > bindparam("at")),
        )
        .scalar_subquery()
        .label("roles"),
    )
    .join_from(SignIn.__table__, Account.__table__, _account.id == _sign_in.account_id)
    .where(_sign_in.token_hash == bindparam("hash"))
)


def load_signed_in(token: str) -> SignedIn | None:
    """The person behind a cookie, or None when the sign-in is over.

    One query; a second one for the employers of somebody who is known as a person.
    """
    at = now()
    found: Any = db.session.execute(
        _BEHIND_TOKEN, {"hash": token_hash(token), "at": at}
    ).one_or_none()
    if found is None or found.state is not AccountState.ACTIVE:
        return None
    if is_over(found, current_settings(), at):
        return None
    actor = _actor(found.account_id, found, found.roles or (), found, at)
    return SignedIn(token, found, actor, found.account_id)


def actor_for(account: Account, sign_in: SignIn | None, at: datetime) -> Actor:
    """The actor of an account at a moment: its roles in force and the employers it acts for."""
    return _actor(account.id, account, roles_of(account.id, at), sign_in, at)


def _actor(
    account_id: UUID, account: Any, held: Iterable[Role], sign_in: Sighting | None, at: datetime
) -> Actor:
    roles = frozenset(held)
    employer_ids = _employer_ids(account.person_id, at)
    lacks_factor = (
        bool(roles)
        and not current_settings().is_demo
        and (sign_in is None or not sign_in.has_second_factor)
    )
    return Actor(
        account_id=account_id,
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
