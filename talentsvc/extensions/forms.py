"""Base form: CSRF by Flask-WTF, one `form_id` per rendering, constraint failures as field errors."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask_wtf import FlaskForm
from wtforms import HiddenField

from talentsvc.extensions.receipts import new_form_id
from talentsvc.extensions.requests import visitor_id


class Form(FlaskForm):  # type: ignore[misc]
    """Every form of the product."""

    form_id = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A page that is rendered again is a new form: the receipt of the refused one was not kept,
        # and a fresh id keeps an old tab from answering for this one.
        self.posted_form_id = self.form_id.data
        # The page that shows a form names its visitor: two clicks on it are then one visitor's.
        visitor_id()
        self.form_id.data = new_form_id()

    def validate(self, extra_validators: Any = None) -> bool:
        """Field checks, then what the database refused a moment ago, if it did."""
        is_valid = bool(super().validate(extra_validators))
        failure = g.get("constraint_failure")
        if failure is None:
            return is_valid
        field = self._fields.get(failure.field)
        target = field if field is not None else self.form_id
        target.errors = [*target.errors, failure.text]
        return False

    def was_sent(self) -> bool:
        """Whether this request is a POST whose fields are all well-formed."""
        return request.method == "POST" and self.validate()


class ActionForm(Form):
    """A single button: a token, a form id, and nothing to fill in."""
