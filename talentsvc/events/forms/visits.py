"""Forms of persons at events: feedback, invitations."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # the stubs know 3.2, without SelectChoice
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from talentsvc.events.actions.invite_guests import Guest
from talentsvc.events.terms.visit import LONGEST_FEEDBACK, MOST_INVITED_AT_ONCE
from talentsvc.extensions.forms import Form

GRADES = (
    (5, _l("Very good")),
    (4, _l("Good")),
    (3, _l("All right")),
    (2, _l("Poor")),
    (1, _l("Very poor")),
)
_PARTS = 2


class FeedbackForm(Form):
    """How it was."""

    grade = RadioField(
        _l("How was it?"),
        choices=[SelectChoice(grade, word) for grade, word in GRADES],
        coerce=int,
        validators=[InputRequired(_l("Choose one of the five grades."))],
    )
    words = TextAreaField(
        _l("Anything you want to tell us?"),
        validators=[Length(max=LONGEST_FEEDBACK, message=_l("Write at most 1,000 characters."))],
    )


class InviteForm(Form):
    """Guests, one a line."""

    guests = TextAreaField(
        _l("Guests"),
        description=_l("One guest a line: name, then a comma, then the e-mail address."),
        validators=[InputRequired(_l("Enter at least one guest."))],
    )
    language = SelectField(
        _l("Language of the message"),
        choices=[SelectChoice("zh", "中文"), SelectChoice("en", "English")],
    )

    def read_guests(self) -> tuple[list[Guest], list[int]]:
        """The guests, and the numbers of the lines that are none."""
        guests, wrong = [], []
        for number, line in enumerate((self.guests.data or "").splitlines(), start=1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.replace("，", ",").rsplit(",", 1)]
            if len(parts) != _PARTS or not all(parts) or "@" not in parts[1]:
                wrong.append(number)
            else:
                guests.append(Guest(parts[0], parts[1], self.language.data or "zh"))
        return guests, wrong

    def complain_of_lines(self, wrong: list[int], guests: list[Guest]) -> bool:
        """Put what is wrong with the lines at the field; False when nothing is."""
        if wrong:
            lines = ", ".join(str(number) for number in wrong)
            self.guests.errors = [
                str(
                    _l(
                        "Not a name and an e-mail address with a comma between, line: %(lines)s",
                        lines=lines,
                    )
                )
            ]
        elif len(guests) > MOST_INVITED_AT_ONCE:
            self.guests.errors = [str(_l("At most 200 guests at once."))]
        return bool(self.guests.errors)
