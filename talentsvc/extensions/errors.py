"""From an error to a page: one place, each page with a reference that finds it in the log."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from talentsvc.core.errors import (
    DomainError,
    FourEyesViolated,
    InvalidInput,
    NotAllowedNow,
    NotFoundHere,
    QuotaExhausted,
    StaleVersion,
)

log = structlog.get_logger(__name__)

STATUS_OF: dict[type[DomainError], int] = {
    NotAllowedNow: 409,
    StaleVersion: 409,
    QuotaExhausted: 409,
    FourEyesViolated: 403,
    NotFoundHere: 404,
    InvalidInput: 422,
}
PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})


def register_error_pages(app: Flask) -> None:
    """Register the handlers of every error a view can raise."""
    app.register_error_handler(
        CSRFError,
        lambda error: error_page(
            400, _("This page was open too long. Go back, reload it and send it again.")
        ),
    )
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(StaleDataError, lambda error: _domain_error(StaleVersion()))
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def error_page(status: int, message: str = "") -> Response:
    """The page of an error, or its JSON form for a script."""
    reference = str(g.get("request_reference", ""))
    if request.headers.get("X-Form-Id") or request.accept_mimetypes.best == "application/json":
        return make_response(
            jsonify(message=message or _("That did not work."), reference=reference), status
        )
    template = f"errors/{status if status in PAGES else 500}.html"
    return make_response(
        render_template(template, error_reference=reference, message=message), status
    )


def _domain_error(error: DomainError) -> Response:
    status = next((code for kind, code in STATUS_OF.items() if isinstance(error, kind)), 422)
    log.info("refused", status=status, code=error.code)
    return error_page(status, domain_message(error))


def domain_message(error: DomainError) -> str:
    """A sentence for what an action refused."""
    sentences: dict[type[DomainError], str] = {
        NotAllowedNow: _(
            "This step is not possible now: the case has moved on. Reload the page to see where it stands."
        ),
        StaleVersion: _(
            "Somebody changed this while you had it open. Nothing was overwritten. Reload the page and look again."
        ),
        FourEyesViolated: _(
            "You cannot take this step: another person must do it, because you had a part in this case."
        ),
        QuotaExhausted: _("Nothing is left of this."),
        NotFoundHere: _("We cannot find that."),
        InvalidInput: _("Something in the form is not right. Go back and check it."),
    }
    if error.code == "no_rules":
        return str(
            _(
                "No rules are in force now, so nobody can apply. The zone publishes when that changes."
            )
        )
    for kind, sentence in sentences.items():
        if isinstance(error, kind):
            return sentence
    return str(_("This step is not possible."))


def _http_error(error: HTTPException) -> Any:
    if error.code is not None and 300 <= error.code < 400:
        return error
    return error_page(error.code or 500)


def _database_gone(error: OperationalError) -> Response:
    log.error("database_unavailable", exc_info=True)
    return error_page(503)


def _fault(error: Exception) -> Response:
    log.error("fault", exc_info=True)
    return error_page(500)
