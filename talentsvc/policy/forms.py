"""The pre-check's questions. They travel in the address, so nothing here may identify anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # the stubs know 3.2, without SelectChoice
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)

from talentsvc.core.typed_text import compact
from talentsvc.extensions.forms import Form
from talentsvc.policy import labels
from talentsvc.policy.employer_words import LEVELS, TYPES
from talentsvc.policy.prechecking import MOST_PATENTS, OLDEST, YOUNGEST, month_in, number_in

_YES_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]


class Need:
    """Marks a question without whose answer no route can be named."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: object, field: Field) -> None:
        """Refuse a blank answer."""
        if not field.data:
            raise ValidationError(self.message)


class WholeNumber:
    """A whole number from one bound to the other, full-width digits taken too; blank is allowed."""

    def __init__(self, least: int, most: int, message: Any) -> None:
        self.least, self.most, self.message = least, most, message

    def __call__(self, form: object, field: Field) -> None:
        """Refuse what is no such number."""
        typed = compact(field.data or "")
        if typed and number_in(typed, self.least, self.most) is None:
            raise ValidationError(self.message)


class Month:
    """A month that has begun; blank is allowed."""

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: PreCheckForm, field: Field) -> None:
        """Refuse what is no month, or is still to come."""
        if compact(field.data or "") and month_in(field.data, form.today) is None:
            raise ValidationError(self.message)


def _choices(words: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(code.value, word) for code, word in words.items()]


def _radios(label: Any, choices: list[SelectChoice], **kwargs: Any) -> RadioField:
    kwargs.setdefault("validators", [Known()])
    return RadioField(label, choices=choices, validate_choice=False, **kwargs)


def _select(label: Any, choices: list[SelectChoice], **kwargs: Any) -> SelectField:
    return SelectField(
        label,
        choices=[SelectChoice("", _l("Not answered")), *choices],
        validate_choice=False,
        validators=[Known()],
        **kwargs,
    )


class Known:
    """An answer that is not among the choices was never on the page."""

    def __call__(self, form: object, field: Any) -> None:
        """Refuse it in our words, since the address can be edited by hand."""
        given = field.data if isinstance(field.data, list) else [field.data]
        known = {choice.value for choice in field.choices}
        if any(value and value not in known for value in given):
            raise ValidationError(_l("Choose one of the answers on the page."))


class PreCheckForm(Form):
    """Everything a first answer needs. What is left blank counts as unknown, never as "no"."""

    age = StringField(
        _l("How old are you?"),
        description=_l("In full years, today."),
        validators=[
            Need(_l("Enter your age.")),
            WholeNumber(YOUNGEST, OLDEST, _l("Enter your age in full years, from 16 to 99.")),
        ],
    )
    education_level = _radios(
        _l("What is your highest education?"),
        _choices(labels.EDUCATION_LEVELS),
        validators=[Need(_l("Choose your highest education.")), Known()],
    )
    degree_status = _select(_l("How did the studies end?"), _choices(labels.DEGREE_STATUSES))
    study_mode = _select(_l("How did you study?"), _choices(labels.STUDY_MODES))
    graduated = StringField(
        _l("Month of graduation"),
        description=_l("Year and month on the diploma, for example 2018-06."),
        validators=[Month(_l("Enter year and month of graduation, for example 2018-06."))],
    )
    title_level = _select(_l("Professional title"), _choices(labels.TITLE_LEVELS))
    skill_level = _select(_l("Skill certificate"), _choices(labels.SKILL_LEVELS))
    is_scarce_trade = _radios(
        _l("Is the trade on the list of scarce trades?"),
        _YES_NO,
        description=_l("Only for skill certificates. Leave it blank if you do not know."),
    )
    began = StringField(
        _l("Month in which you began to work in the zone"),
        description=_l("Year and month, for example 2021-03."),
        validators=[
            Month(_l("Enter year and month of your first day of work, for example 2021-03."))
        ],
    )
    special_skill_claimed = _radios(
        _l("Do you have a special skill that the talent office could recognise?"), _YES_NO
    )
    employer_type = _select(_l("What is your employer?"), _choices(TYPES))
    employer_level = _select(
        _l("To whom does your employer belong?"),
        _choices(LEVELS),
        description=_l("A private company in the zone counts as the zone's."),
    )
    is_registered_in_zone = _radios(_l("Is the company registered in the zone?"), _YES_NO)
    is_taxed_in_zone = _radios(_l("Does the company pay its taxes in the zone?"), _YES_NO)
    workplace = _select(
        _l("Does a labour dispatch company send you to another unit?"),
        [
            SelectChoice("direct", _l("No, I work for my employer itself")),
            SelectChoice("inside", _l("Yes, to a unit in the zone")),
            SelectChoice("outside", _l("Yes, to a unit elsewhere")),
        ],
    )
    contract = _select(
        _l("On what terms do you work there?"),
        [
            SelectChoice("fixed", _l("A contract with an end date that is still to come")),
            SelectChoice("open", _l("A contract without an end date")),
            SelectChoice("founder", _l("I own or founded the company")),
            SelectChoice("none", _l("No contract yet")),
        ],
    )
    is_insured_in_zone = _radios(_l("Is your pension insurance paid in the zone?"), _YES_NO)
    holds_higher_card = _radios(_l("Do you already hold an A or B card of the city?"), _YES_NO)
    came_from_outside_city = _radios(
        _l("Did you come to the city from elsewhere for this work?"), _YES_NO
    )
    listings = SelectMultipleField(
        _l("Your school, discipline or name is on one of these lists"),
        choices=_choices(labels.LISTINGS),
        validate_choice=False,
        validators=[Known()],
    )
    distinctions = SelectMultipleField(
        _l("Honours and former posts"),
        choices=_choices(labels.DISTINCTIONS),
        validate_choice=False,
        validators=[Known()],
    )
    granted_patents = StringField(
        _l("Granted national invention patents"),
        validators=[WholeNumber(0, MOST_PATENTS, _l("Enter the number of patents, 0 to 999."))],
    )
    is_converted_locally = _radios(
        _l("Is the achievement put to use in Shijiazhuang?"),
        _YES_NO,
        description=_l("Only for awards and patents."),
    )
    is_leading_large_enterprise = _radios(
        _l("Do you lead an enterprise above the designated size?"), _YES_NO
    )

    def __init__(self, answers: Any, today: date) -> None:
        self.today = today
        # Nothing is written and nothing is secret, so the address needs no token.
        super().__init__(answers, meta={"csrf": False})
