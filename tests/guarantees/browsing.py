"""Somebody at a browser: signed in, with a token for every form and a fresh form id for each."""

import re
import secrets
from typing import Any
from uuid import UUID

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from talentsvc.accounts.models import SignIn
from talentsvc.accounts.queries import token_hash
from talentsvc.core.clock import now
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.guarantees.ground import Ground, Someone

#: What differs between two answers to one request.
_FRESH = (
    re.compile(rb'nonce="[^"]*"'),
    re.compile(rb'name="(?:form_id|csrf_token)"[^>]*>'),
    re.compile(rb'name="csrf-token" content="[^"]*"'),
    re.compile(rb"\b[0-9a-f]{12}\b"),
)


#: An id, not a number that stands on the page for another reason.
LONG_NAME = 16


class Browser:
    """One browser with its cookies."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self._raw_token = secrets.token_hex(20)
        with self.client.session_transaction() as session:
            session["csrf_token"] = self._raw_token
            session["visitor"] = secrets.token_urlsafe(12)

    def sign_in(self, who: Someone) -> "Browser":
        """Sign somebody in with a second factor, without the pages that do it."""
        token = secrets.token_urlsafe(16)
        with self.app.app_context(), unit_of_work():
            db.session.add(
                SignIn(
                    account_id=UUID(who.account_id),
                    token_hash=token_hash(token),
                    created_at=now(),
                    last_seen_at=now(),
                    address="127.0.0.1",
                    device="test",
                    has_second_factor=True,
                )
            )
        with self.client.session_transaction() as session:
            session["_user_id"] = token
        return self

    @property
    def token(self) -> str:
        """A valid CSRF token of this browser."""
        serializer = URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token")
        return str(serializer.dumps(self._raw_token))

    def sent(self, **values: Any) -> dict[str, Any]:
        """What a page of the product posts."""
        return {"csrf_token": self.token, "form_id": secrets.token_urlsafe(16), **values}

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **options)

    def post(self, path: str, **values: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(path, data=self.sent(**values))


def browser_of(ground: Ground, who: Someone | None = None) -> Browser:
    """A browser of somebody, or of nobody."""
    browser = Browser(ground.app)
    return browser if who is None else browser.sign_in(who)


def body_of(response: TestResponse, names: tuple[str, ...] = ()) -> bytes:
    """The answer's body without what differs between two answers to one request.

    `names` are parts of the address that was asked for: the page may say them back.
    """
    body: bytes = response.data
    for name in (name for name in names if len(name) >= LONG_NAME):
        body = body.replace(name.encode(), b"")
    for pattern in _FRESH:
        body = pattern.sub(b"", body)
    return body
