"""How a form of these pages comes back: refused, or too early."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any

from flask import Response, make_response, render_template

from talentsvc.accounts.refusals import wait_sentence
from talentsvc.extensions.forms import Form


def refuse(field: Any, sentence: Any) -> None:
    """Add an error to a field of a form that was well-formed."""
    field.errors = [*field.errors, sentence]


def refused(template: str, form: Form, **context: Any) -> Response:
    """The form again, with everything typed but passwords, as 422."""
    return make_response(render_template(template, form=form, **context), 422)


def too_many(template: str, form: Form, waiting: timedelta, **context: Any) -> Response:
    """The form again with the minutes to wait, as 429."""
    form.form_errors.append(wait_sentence(waiting))
    response = make_response(render_template(template, form=form, **context), 429)
    response.headers["Retry-After"] = str(ceil(waiting.total_seconds()))
    return response
