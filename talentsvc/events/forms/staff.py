"""Forms about whom a company sends, and about many registrations at once."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from talentsvc.events.rules.registering import LONGEST_TEXT
from talentsvc.extensions.forms import Form


class ProofForm(Form):
    """The paper of one attendee."""

    number = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    paper = FileField(
        _l("Record of social insurance"),
        description=_l(
            "It shows that your company pays for this person. PDF, JPEG or PNG, up to 9 MB."
        ),
        validators=[FileRequired(_l("Choose a file first."))],
    )

    @classmethod
    def of(cls, number: int) -> ProofForm:
        """The empty form for one attendee; several stand on one page."""
        return cls(formdata=None, data={"number": number}).standing_for(number)

    def standing_for(self, number: int) -> ProofForm:
        """The same with ids of its own on the page."""
        self.paper.id = f"paper-{number}"
        self.paper.label.field_id = self.paper.id
        return self


class VerdictForm(Form):
    """Whether a proof was found good."""

    number = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ManyForm(Form):
    """One decision about many registrations."""

    registrations = SelectMultipleField(
        _l("Companies"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    all_clean = BooleanField(_l("All listed here without flagged words"))
    reason = TextAreaField(
        _l("Why not admitted"),
        description=_l("Only for not admitting: every company chosen reads it."),
        validators=[Length(max=LONGEST_TEXT, message=_l("This is too long."))],
    )

    def complain(self, field: str, sentence: Any) -> None:
        """Put a refusal's sentence at its field."""
        target = self._fields.get(field, self.registrations)
        target.errors = [*target.errors, sentence]
