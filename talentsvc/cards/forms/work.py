"""Fourth step: employer, contract, and titles or skills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField

from talentsvc.cards.answer_words import FIELD_WORDS
from talentsvc.cards.forms.fields import Asked, DayField, YesNoField, options, with_blank
from talentsvc.cards.forms.step import StepForm
from talentsvc.cards.rules.answers import Step
from talentsvc.employers.models import Employer
from talentsvc.policy.labels import SKILL_LEVELS, TITLE_LEVELS

_ISSUED_LATER = _l("This day is still to come. Enter the date on the certificate.")
_ISSUED_MISSING = _l("Enter the date on the certificate.")

#: Fields that only some categories read; where they do not, nobody is asked (PIPL 6).
_ONLY_IF_ASKED = {
    "title_level": ("title_level", "title_issued_on"),
    "skill_level": ("skill_level", "skill_issued_on"),
    "is_scarce_trade": ("is_scarce_trade",),
    "special_skill_claimed": ("special_skill_claimed",),
    "came_from_outside_city": ("came_from_outside_city",),
}
#: Of these "none" is an answer, a blank is not.
_LEVELS = ("title_level", "skill_level")


class WorkForm(StepForm):
    """Who employs the applicant, on what terms; the employer is found by search and picked from a list."""

    step = Step.WORK
    aside = ("employer_query",)
    sentences = {
        ("employer_id", "missing"): _l("Find your employer and choose it."),
        ("employer_id", "shape"): _l("Find your employer and choose it."),
        ("employer_id", "unknown"): _l(
            "This employer is not verified, so it cannot confirm anything. Choose another or ask it to register."
        ),
        ("job_title", "missing"): _l("Enter your position."),
        ("job_title", "too_long"): _l("Write the position in at most 60 characters."),
        ("employment_start_on", "missing"): _l("Enter your first day of work at this employer."),
        ("contract_start_on", "missing"): _l("Enter the first day of the contract."),
        ("contract_end_on", "missing"): _l(
            "Enter the last day of the contract, or tick that it has none."
        ),
        ("contract_end_on", "before_start"): _l(
            "The contract ends before it begins. Check both days."
        ),
        ("is_dispatched", "missing"): _l("Say whether a labour dispatch company sends you."),
        ("using_unit", "missing"): _l("Enter the name of the unit where you really work."),
        ("is_using_unit_in_zone", "missing"): _l("Say whether that unit is in the zone."),
        ("is_founder", "missing"): _l("Say whether you own or founded the employer."),
        ("is_insured_in_zone", "missing"): _l(
            "Say whether your pension insurance is paid in the zone."
        ),
        ("title_level", "missing"): _l("Choose your title, or that you have none."),
        ("skill_level", "missing"): _l("Choose your certificate, or that you have none."),
        ("title_issued_on", "missing"): _ISSUED_MISSING,
        ("title_issued_on", "too_late"): _ISSUED_LATER,
        ("skill_issued_on", "missing"): _ISSUED_MISSING,
        ("skill_issued_on", "too_late"): _ISSUED_LATER,
    }

    employer_query = StringField(
        _l("Find your employer"),
        description=_l("Name, pinyin or its initials, or the unified social credit code."),
        validators=[Asked()],
    )
    employer_id = RadioField(
        _l("Which one is it?"), choices=[], validators=[Asked()], validate_choice=False
    )
    job_title = StringField(FIELD_WORDS["job_title"], validators=[Asked()])
    employment_start_on = DayField(
        FIELD_WORDS["employment_start_on"],
        description=_l("The day you began, also if the present contract is a later one."),
        validators=[Asked()],
    )
    contract_start_on = DayField(FIELD_WORDS["contract_start_on"], validators=[Asked()])
    is_contract_open_ended = BooleanField(_l("The contract has no end date"))
    contract_end_on = DayField(FIELD_WORDS["contract_end_on"], validators=[Asked()])
    is_dispatched = YesNoField(
        _l("Does a labour dispatch company send you to another unit?"), validators=[Asked()]
    )
    using_unit = StringField(FIELD_WORDS["using_unit"], validators=[Asked()])
    is_using_unit_in_zone = YesNoField(_l("Is that unit in the zone?"), validators=[Asked()])
    is_founder = YesNoField(
        _l("Do you own or did you found this employer?"),
        description=_l("If so, another agent of the company confirms your application."),
        validators=[Asked()],
    )
    is_insured_in_zone = YesNoField(
        _l("Is your pension insurance paid in the zone?"), validators=[Asked()]
    )
    came_from_outside_city = YesNoField(
        _l("Did you come to the city from elsewhere for this work?")
    )
    title_level = SelectField(
        FIELD_WORDS["title_level"],
        choices=with_blank(TITLE_LEVELS),
        validators=[Asked()],
        validate_choice=False,
    )
    title_issued_on = DayField(FIELD_WORDS["title_issued_on"], validators=[Asked()])
    skill_level = SelectField(
        FIELD_WORDS["skill_level"],
        choices=with_blank(SKILL_LEVELS),
        validators=[Asked()],
        validate_choice=False,
    )
    skill_issued_on = DayField(FIELD_WORDS["skill_issued_on"], validators=[Asked()])
    is_scarce_trade = YesNoField(_l("Is the trade on the list of scarce trades?"))
    special_skill_claimed = YesNoField(
        _l("Do you apply with a special skill that the talent office shall recognise?")
    )

    def __init__(self, *args: Any, asked: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered: dict[str, Employer] = {}
        for attribute, names in _ONLY_IF_ASKED.items():
            if attribute not in asked:
                for name in names:
                    del self[name]

    def offer(self, employers: Sequence[Employer]) -> None:
        """The employers to choose from: those found, and the one chosen before."""
        self.employer_id.choices = options({str(one.id): one.name for one in employers})
        self.offered = {str(employer.id): employer for employer in employers}

    def complaints(self) -> dict[str, Any]:
        """Also an employer that nobody can choose: never verified, or not any more."""
        found = super().complaints()
        if "employer_id" not in found and self.employer_id.data not in self.offered:
            found["employer_id"] = self.sentence("employer_id", "unknown")
        for name in _LEVELS:
            if name in self._fields and not self[name].data:
                found[name] = self.sentence(name, "missing")
        return {name: found[name] for name in self._fields if name in found}
