"""Third step: the highest education."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from talentsvc.cards.answer_words import FIELD_WORDS
from talentsvc.cards.countries import places
from talentsvc.cards.forms.fields import Asked, DayField, LongSelectField, options
from talentsvc.cards.forms.step import StepForm
from talentsvc.cards.rules.answers import Step
from talentsvc.policy.labels import DEGREE_STATUSES, EDUCATION_LEVELS, STUDY_MODES


class EducationForm(StepForm):
    """Level, school and diploma; without a degree the level is all that is asked."""

    step = Step.EDUCATION
    sentences = {
        ("education_level", "missing"): _l("Choose your highest education."),
        ("degree_status", "missing"): _l("Say how the studies ended."),
        ("study_mode", "missing"): _l("Say how you studied."),
        ("study_mode", "does_not_fit"): _l(
            "The school is in mainland China: choose full-time or part-time."
        ),
        ("graduated_on", "missing"): _l("Enter the date on the diploma."),
        ("graduated_on", "too_late"): _l(
            "This day is still to come. Enter the date on the diploma."
        ),
        ("school_name", "missing"): _l("Enter the school's name as on the diploma."),
        ("school_name", "too_long"): _l("This name is longer than 100 characters."),
        ("graduation_country", "missing"): _l("Say where the school is."),
    }

    education_level = RadioField(
        _l("What is your highest education?"),
        choices=options(EDUCATION_LEVELS),
        validators=[Asked()],
        validate_choice=False,
    )
    graduation_country = LongSelectField(
        FIELD_WORDS["graduation_country"], validators=[Asked()], validate_choice=False
    )
    school_name = StringField(
        FIELD_WORDS["school_name"],
        description=_l("The name at the time of graduation, as on the diploma."),
        validators=[Asked()],
    )
    study_mode = RadioField(
        FIELD_WORDS["study_mode"],
        choices=options(STUDY_MODES),
        validators=[Asked()],
        validate_choice=False,
    )
    degree_status = RadioField(
        FIELD_WORDS["degree_status"],
        choices=options(DEGREE_STATUSES),
        validators=[Asked()],
        validate_choice=False,
    )
    graduated_on = DayField(FIELD_WORDS["graduated_on"], validators=[Asked()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.graduation_country.offer(places())
