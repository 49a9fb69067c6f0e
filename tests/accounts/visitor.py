"""A person at a browser, and what the tests look up behind the pages."""

import json
import re
import secrets
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask
from sqlalchemy import event, select, update
from werkzeug.test import TestResponse

from talentsvc.access.actor import SYSTEM
from talentsvc.accounts.actions.create_account import create_account
from talentsvc.accounts.actions.grant_role import grant_role
from talentsvc.accounts.models import Account, SignIn
from talentsvc.accounts.queries import find_account
from talentsvc.accounts.rules.identifiers import parse_identifier
from talentsvc.audit.models import AuditEntry, AuditStream
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.notices.models import Notice

PASSWORD = "下雨天 留客天 2026 ☂"
EMAIL = "shen@example.cn"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"

# What differs between two renderings of one page.
_FRESH = re.compile(r'(nonce="[^"]*"|name="(form_id|csrf_token)" type="hidden" value="[^"]*")')
_HIDDEN_FORM_ID = re.compile(r'name="form_id"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="form_id"')


def form_id() -> str:
    return secrets.token_urlsafe(16)


class Visitor:
    """One browser with its cookies; it presses buttons as a page without script would."""

    def __init__(self, app: Flask, *, address: str = "10.0.0.1", browser: str = FIREFOX) -> None:
        self.app = app
        self.client = app.test_client()
        self.address = address
        self.browser = browser

    def get(self, path: str, **kwargs) -> TestResponse:
        return self._open("GET", path, **kwargs)

    def post(self, path: str, *, form: str | None = None, **fields: str) -> TestResponse:
        return self._open("POST", path, data={"form_id": form or form_id(), **fields})

    def _open(self, method: str, path: str, **kwargs) -> TestResponse:
        response = self.client.open(
            path,
            method=method,
            environ_base={"REMOTE_ADDR": self.address, "HTTP_USER_AGENT": self.browser},
            **kwargs,
        )
        response.get_data()
        # What is to happen after the answer happens now.
        response.close()
        return response

    def sign_in(self, identifier: str = EMAIL, password: str = PASSWORD) -> TestResponse:
        return self.post("/sign-in", identifier=identifier, password=password)

    def is_signed_in(self) -> bool:
        return self.get("/account").status_code == 200

    def token(self) -> str | None:
        with self.client.session_transaction() as session:
            return session.get("_user_id")


def body(response: TestResponse) -> str:
    """The page without what is fresh in each rendering."""
    return _HIDDEN_FORM_ID.sub("", _FRESH.sub("", response.get_data(as_text=True)))


def add_account(app: Flask, *roles, email: str | None = EMAIL, phone: str | None = None, **changed):
    """An account that may sign in, with roles in force; its id."""
    with app.app_context(), unit_of_work():
        values = {
            "password": PASSWORD,
            "display_name": "沈若禾",
            "language": "zh",
            "is_verified": True,
        }
        account = create_account(email=email, phone=phone, at=now(), **{**values, **changed})
        for role in roles:
            grant_role(account, role, actor=SYSTEM, at=now() - timedelta(seconds=1))
        return account.id


def account_at(app: Flask, identifier: str = EMAIL) -> Account | None:
    """The account with an address, detached."""
    with app.app_context():
        account = find_account(parse_identifier(identifier))
        if account is not None:
            db.session.expunge(account)
        return account


def account_by_id(app: Flask, account_id) -> Account:
    with app.app_context():
        account = db.session.get(Account, account_id)
        db.session.expunge(account)
        return account


def sent(app: Flask, kind: str | None = None) -> list[tuple[str, str, str | None, dict[str, str]]]:
    """Messages in the outbox, oldest first: kind, channel, address, parameters."""
    with app.app_context():
        rows = db.session.execute(select(Notice).order_by(Notice.queued_at, Notice.id)).scalars()
        return [
            (row.kind, row.channel.value, row.address, json.loads(row.params_json))
            for row in rows
            if kind in (None, row.kind)
        ]


def last_code(app: Flask, kind: str) -> str:
    return sent(app, kind)[-1][3]["code"]


def recorded(app: Flask, account_id) -> list[str]:
    """The actions in an account's stream of the record, oldest first."""
    with app.app_context():
        statement = (
            select(AuditEntry.action)
            .join(AuditStream, AuditStream.id == AuditEntry.stream_id)
            .where(AuditStream.subject_id == account_id)
            .order_by(AuditEntry.sequence)
        )
        return list(db.session.execute(statement).scalars())


@contextmanager
def counted_statements(app: Flask):
    """The SQL statements sent within the block."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def counted_hashes(monkeypatch):
    """How often Argon2 ran within the block, by kind of work."""
    from argon2 import PasswordHasher

    counts = {"hash": 0, "verify": 0}
    for name in counts:
        original = getattr(PasswordHasher, name)

        def counting(self, *args, _name=name, _original=original, **kwargs):
            counts[_name] += 1
            return _original(self, *args, **kwargs)

        monkeypatch.setattr(PasswordHasher, name, counting)
    yield counts
    monkeypatch.undo()


def prove_second_factor(app: Flask) -> None:
    """Let every open sign-in count as proved by the second factor, as the desk demands."""
    with app.app_context(), unit_of_work():
        db.session.execute(update(SignIn).values(has_second_factor=True))
