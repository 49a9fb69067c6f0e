"""What every request goes through: read-only reads, one unit of work for each unsafe view, receipts.

`guard_unsafe_views` wraps the registered views themselves, so that no route can be added past it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from flask import Flask, Response, g, make_response, redirect, request, session
from flask_login import current_user
from sqlalchemy.exc import IntegrityError, OperationalError

from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.constraints import message_for
from talentsvc.extensions.database import db
from talentsvc.extensions.receipts import claim_receipt, receipt_location, settle_receipt
from talentsvc.extensions.unit_of_work import unit_of_work

log = structlog.get_logger(__name__)

View = Callable[..., Any]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: Deadlock and serialization failure: the other transaction won, ours may simply run again.
RETRIED_STATES = frozenset({"40P01", "40001"})
MAX_TRIES = 3


def start_request() -> None:
    """Name the request, and make a safe one read-only."""
    g.request_reference = secrets.token_hex(6)
    g.reads_only = request.method in SAFE_METHODS
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_reference, path=request.path)


def visitor_id() -> str:
    """Who holds a form: the sign-in, else a random id in the visitor's signed cookie (no row)."""
    if current_user.is_authenticated:
        return str(current_user.sign_in_id)
    if "visitor" not in session:
        session["visitor"] = secrets.token_urlsafe(12)
    return str(session["visitor"])


def guard_unsafe_views(app: Flask) -> None:
    """Wrap every view that answers an unsafe method; called once, after all routes are known."""
    unsafe = {
        rule.endpoint for rule in app.url_map.iter_rules() if (rule.methods or set()) - SAFE_METHODS
    }
    for endpoint in unsafe:
        app.view_functions[endpoint] = _guarded(app.view_functions[endpoint])


def _guarded(view: View) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if request.method in SAFE_METHODS:
            return view(*args, **kwargs)
        return _answer_once(view, args, kwargs)

    return guarded


def _answer_once(view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Response:
    key = _receipt_key()
    for attempt in range(1, MAX_TRIES + 1):
        try:
            with unit_of_work():
                return _answer(view, args, kwargs, key)
        except IntegrityError as error:
            message = message_for(error)
            if message is None or g.get("constraint_failure") is not None:
                raise
            g.constraint_failure = message
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in RETRIED_STATES or attempt == MAX_TRIES:
                raise
            log.info("retried_after_conflict", attempt=attempt)
        finally:
            _remember_refusals()
        _rewind_uploads()
    raise RuntimeError("unreachable: the last try returns or raises")


def _answer(
    view: View, args: tuple[Any, ...], kwargs: dict[str, Any], key: tuple[str, str, str, str]
) -> Response:
    if not claim_receipt(*key):
        return _first_answer(key)
    response: Response = make_response(view(*args, **kwargs))
    kept = response.location if 300 <= response.status_code < 400 else None
    if kept is None and response.status_code < 300:
        kept = response.headers.get("X-Answered-At", request.path)
    settle_receipt(*key, kept)
    return response


def _first_answer(key: tuple[str, str, str, str]) -> Response:
    location = receipt_location(*key) or request.path
    if request.headers.get("X-Form-Id"):
        # A script asked: it is told that its first attempt arrived, and reads the page again.
        return make_response({"repeated": True, "location": location}, 200)
    return make_response(redirect(location, 303))


def _receipt_key() -> tuple[str, str, str, str]:
    form_id = request.form.get("form_id") or request.headers.get("X-Form-Id") or ""
    if not 16 <= len(form_id) <= 64:
        raise InvalidInput("form_id", "missing")
    return form_id, visitor_id(), request.endpoint or "", request.full_path.rstrip("?")


def _rewind_uploads() -> None:
    for uploads in request.files.listvalues():
        for upload in uploads:
            upload.stream.seek(0)


def remember_after_refusal(what: Callable[[], None]) -> None:
    """Write something down even though this request is refused, in a unit of work of its own.

    A failed sign-in and a denied access must not vanish with the transaction that they end.
    """
    g.setdefault("refusals", []).append(what)


def _remember_refusals() -> None:
    pending = g.pop("refusals", None)
    if not pending:
        return
    with unit_of_work():
        for what in pending:
            what()


def close_session(_: BaseException | None = None) -> None:
    """Give the connection back before the answer is sent to a slow reader."""
    db.session.remove()
