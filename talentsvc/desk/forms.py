"""Forms of the staff home."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from talentsvc.extensions.forms import Form


class SettleForm(Form):
    """What was done about a task."""

    settlement = StringField(
        _l("What was done?"),
        validators=[InputRequired(_l("Please fill this in.")), Length(min=2, max=500)],
    )
