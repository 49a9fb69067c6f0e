"""What the holder of a card and whoever checks one type."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional

from talentsvc.extensions.forms import Form


class LossForm(Form):
    """One button; `version` tells whether the page is stale."""

    version = HiddenField()

    def expected_version(self) -> int | None:
        """The version the page was rendered for."""
        version = self.version.data or ""
        return int(version) if version.isdigit() else None


class VerifyForm(Form):
    """Checking a card by hand: the code opens, the number only confirms."""

    code = StringField(
        _l("Check code"),
        description=_l("Twenty letters and digits on the back of the card, under “Check code”."),
        validators=[
            InputRequired(_l("Type the check code. The card number alone opens nothing.")),
            Length(max=60, message=_l("This is too long for a check code.")),
        ],
    )
    number = StringField(
        _l("Card number"),
        description=_l("On the front, for example %(number)s.", number="GXC-2026-004217-3"),
        validators=[Optional(), Length(max=40, message=_l("This is too long for a card number."))],
    )
