"""What every step of the application form has in common.

A step is shown from what is stored, saved as typed, and checked by the same rules as the filing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField

from talentsvc.cards.forms.fields import as_typed, plain
from talentsvc.cards.rules.answer_checks import problems_of
from talentsvc.cards.rules.answers import FIELDS, Step, applicable
from talentsvc.core.clock import local_date, now
from talentsvc.extensions.forms import Form

#: For any field, unless a step has a better sentence.
USUAL_SENTENCES: Mapping[str, Any] = {
    "missing": _l("Answer this question."),
    "shape": _l("This answer cannot be right. Choose again."),
    "date": _l("This is not a day of the calendar. Write it like 2026-11-22."),
    "too_early": _l("This day lies too far back. Check the year."),
    "too_late": _l("This day lies too far ahead. Check the year."),
    "too_long": _l("This is too long. Shorten it."),
}


class StepForm(Form):
    """One step of the form; `version` is the draft's when the page was made."""

    step: ClassVar[Step]
    #: Fields that are typed here and kept in the draft, but are no part of the application.
    aside: ClassVar[tuple[str, ...]] = ()
    #: (field, code) → sentence, where the usual one says too little.
    sentences: ClassVar[Mapping[tuple[str, str], Any]] = {}

    version = HiddenField()

    @classmethod
    def stored(cls, values: Mapping[str, Any], version: int, **context: Any) -> Self:
        """The step as it was last saved, wrong values included."""
        typed = MultiDict(
            [(name, text) for name, value in values.items() for text in as_typed(value)]
        )
        form = cls(formdata=typed, **context)
        for name, field in form._fields.items():
            if isinstance(field, BooleanField):
                field.data = values.get(name) is True
        form.version.data = str(version)
        return form

    def seen_version(self) -> int | None:
        """The version of the draft this page was made from; None when it does not say."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() else None

    def values(self) -> dict[str, Any]:
        """Everything typed, for the draft."""
        names = (*FIELDS[self.step], *self.aside)
        return {name: plain(self._fields[name]) for name in names if name in self._fields}

    def clean_values(self) -> dict[str, Any]:
        """Of a valid form: what belongs to the application, in its usual form."""
        values = self.values()
        return applicable(self.step, values) | {
            name: values[name] for name in self.aside if name in values
        }

    def complaints(self) -> dict[str, Any]:
        """The sentence for each field that is missing or cannot be right."""
        today = local_date(now())
        return {
            problem.field: self.sentence(problem.field, problem.code)
            for problem in problems_of(self.step, self.values(), today)
        }

    def sentence(self, name: str, code: str) -> Any:
        """What to tell about a field."""
        return self.sentences.get((name, code)) or USUAL_SENTENCES.get(
            code, USUAL_SENTENCES["shape"]
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """The form's own checks, then those of the rules; all problems at once."""
        is_valid = super().validate(extra_validators)
        found = self.complaints()
        for name, sentence in found.items():
            field = self._fields.get(name, self.form_id)
            field.errors = [*field.errors, sentence]
        return is_valid and not found
