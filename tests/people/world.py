"""Invented persons, accounts and officers for the tests of people and of the rooms above."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.accounts.actions.create_account import create_account
from talentsvc.accounts.models import Account, RoleGrant, SignIn
from talentsvc.accounts.queries import actor_for, token_hash
from talentsvc.core.clock import now
from talentsvc.core.identity_numbers import DocumentKind, Sex, resident_number
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.people.actions.record_person import record_person
from talentsvc.people.models import Person

BORN = date(1990, 3, 7)
_numbers = count(1)


@dataclass(frozen=True)
class Someone:
    """Ids of an account and its person, if it has one."""

    account_id: UUID
    person_id: UUID | None


def resident(order: int, born: date = BORN) -> str:
    """A valid resident identity number that nobody has: its area does not exist."""
    return resident_number("139901", born, order)


def typed(**changed: Any) -> dict[str, Any]:
    """What a person types, as `record_person` takes it."""
    return {
        "name": "欧阳雪",
        "name_latin": None,
        "nationality": "CN",
        "document_kind": DocumentKind.RESIDENT_ID,
        "document_number": resident(1),
        "document_valid_until": None,
        "phone": "13812345678",
        "sex": Sex.UNKNOWN,
        "birth_on": None,
        **changed,
    }


def add_account(name: str = "欧阳雪", language: str = "zh") -> Account:
    """An account with a proved address; inside a unit of work."""
    return create_account(
        email=f"someone{next(_numbers)}@example.cn",
        password="an invented phrase for tests",
        display_name=name,
        language=language,
        at=now(),
        is_verified=True,
    )


def actor_of(account: Account, acting_as: str = "applicant") -> Actor:
    """The actor of an account as a request would make it."""
    actor = actor_for(account, None, now())
    return Actor(**{**actor.__dict__, "acting_as": acting_as})


def free_number() -> str:
    """A valid number that nobody else gets: its area does not exist, day and order count on."""
    number = next(_numbers)
    return resident_number("139901", date(1985, 1, 1) + timedelta(days=number // 999), number % 999)


def add_person(account: Account, at: datetime | None = None, **changed: Any) -> Person:
    """The person of an account; each call has a number of its own unless one is given."""
    changed.setdefault("name", account.display_name)
    changed.setdefault("document_number", free_number())
    return record_person(
        account=account, **typed(**changed), actor=actor_of(account), at=at or now()
    )


def someone(
    app: Flask, name: str = "欧阳雪", language: str = "zh", has_person: bool = True, **changed: Any
) -> Someone:
    """An account in the database, usually with its person."""
    with app.app_context(), unit_of_work():
        account = add_account(name, language)
        person = add_person(account, **changed) if has_person else None
        return Someone(account.id, person.id if person else None)


def officer(
    app: Flask, role: Role = Role.CLERK, name: str = "陈窗口", has_person: bool = True
) -> Someone:
    """Somebody of the staff with a role in force."""
    who = someone(app, name, has_person=has_person)
    with app.app_context(), unit_of_work():
        at = now()
        db.session.add(RoleGrant(account_id=who.account_id, role=role, starts_at=at, created_at=at))
    return who


def sign_in(app: Flask, client: FlaskClient, who: Someone) -> FlaskClient:
    """Sign somebody in with a second factor, without the pages that do it."""
    token = secrets.token_urlsafe(16)
    with app.app_context(), unit_of_work():
        at = now()
        db.session.add(
            SignIn(
                account_id=who.account_id,
                token_hash=token_hash(token),
                created_at=at,
                last_seen_at=at,
                address="127.0.0.1",
                device="test",
                has_second_factor=True,
            )
        )
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


def sent(**values: Any) -> dict[str, Any]:
    """What a browser posts: the values of a form that was rendered just now."""
    return {"form_id": secrets.token_urlsafe(16), **values}


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database inside the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
