"""Forms of who stands where: give, swap, fix, publish."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from talentsvc.events.forms.hall import PlanForm
from talentsvc.extensions.forms import Form


class AssignForm(Form):
    """A booth for one company."""

    booth_id = SelectField(
        _l("Booth number"), coerce=str, validators=[InputRequired(_l("Choose a booth."))]
    )


class SwapForm(Form):
    """Two companies that exchange their booths."""

    first_registration_id = SelectField(
        _l("Company"), coerce=str, validators=[InputRequired(_l("Choose a company."))]
    )
    second_registration_id = SelectField(
        _l("Swaps with"), coerce=str, validators=[InputRequired(_l("Choose a company."))]
    )


class LockForm(Form):
    """Fixed where it stands, or not."""

    is_locked = BooleanField(_l("Fixed"))


class PublishForm(PlanForm):
    """The plan as it was shown becomes public."""

    accepts_left_out = BooleanField(_l("I know that some companies have no booth"))
