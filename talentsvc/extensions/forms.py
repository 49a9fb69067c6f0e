"""Base form: CSRF by Flask-WTF, one `form_id` per rendering, constraint failures as field errors."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask import g, request
from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.i18n import messages_path

from talentsvc.extensions.receipts import new_form_id
from talentsvc.extensions.requests import visitor_id


@lru_cache(maxsize=8)
def _catalogue_of(locale: str) -> NullTranslations:
    """The texts of WTForms itself, read once; Flask-WTF would read the file with each request."""
    return Translations.load(messages_path(), [locale], domain="wtforms")


class _FieldTexts:
    """What WTForms asks for its own sentences, in the language of the page."""

    def gettext(self, text: str) -> str:
        """One sentence."""
        return str(_catalogue_of(str(get_locale())).ugettext(text))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """One sentence that depends on a number."""
        return str(_catalogue_of(str(get_locale())).ungettext(singular, plural, count))


_FIELD_TEXTS = _FieldTexts()


class Form(FlaskForm):  # type: ignore[misc]
    """Every form of the product."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Flask-WTF's, with a faster catalogue."""

        def get_translations(self, _form: object) -> _FieldTexts:
            """The texts of this page's language."""
            return _FIELD_TEXTS

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
