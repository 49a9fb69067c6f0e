"""Answers to what somebody asked: reasons, and the version of the page they were given on."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from talentsvc.employers.terms import LONGEST_REASON
from talentsvc.extensions.forms import Form


class VersionForm(Form):
    """A button that acts on what the page showed, and on nothing newer."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ReasonForm(Form):
    """Why something is refused or ended; the other side reads it."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The other side will read it. Say what to do better."),
        validators=[
            InputRequired(_l("Write the reason: the other side will read it.")),
            Length(max=LONGEST_REASON, message=_l("Write the reason in at most 500 characters.")),
        ],
    )


class RefusalForm(ReasonForm, VersionForm):
    """Refusing a registration as it was shown."""
