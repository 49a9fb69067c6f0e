"""Forms of a company's registration and of the desk's audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (  # type: ignore[attr-defined]  # the stubs know 3.2
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from talentsvc.core.errors import InvalidInput
from talentsvc.core.phones import check_mobile
from talentsvc.events.forms.occasion import VersionedForm
from talentsvc.events.models import FairRegistration, RegistrationPosition
from talentsvc.events.rules.registering import (
    LONGEST_LINE,
    LONGEST_TEXT,
    PositionDetails,
    RegistrationDetails,
)
from talentsvc.extensions.forms import Form
from talentsvc.policy.labels import EDUCATION_LEVELS
from talentsvc.policy.terms import EducationLevel

#: Fields of the registration itself; sentences about anything else stand at its first question.
_OWN_FIELDS = frozenset(
    {"about", "contact_name", "contact_phone", "booth_size_m2", "booth_power_w"}
)
#: Empty rows offered below the positions that are there.
SPARE_ROWS = 2
_line = Length(max=LONGEST_LINE, message=_l("This is too long."))
_text = Length(max=LONGEST_TEXT, message=_l("This is too long."))
_whole = _l("Enter a whole number.")


def _count(label: Any, least: int, most: int) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(least, most, message=_whole)])


class PositionForm(PlainForm):
    """One position; a row without a name is no position."""

    title = StringField(_l("Position"), validators=[_line])
    headcount = _count(_l("Persons wanted"), 1, 999)
    education_level = SelectField(_l("Least education"), default=EducationLevel.BACHELOR.value)
    majors = StringField(_l("Fields of study"), validators=[_line])
    work_place = StringField(_l("Place of work"), validators=[_line])
    salary_from = _count(_l("Pay from, yuan a month"), 0, 9_999_999)
    salary_to = _count(_l("Pay to, yuan a month"), 0, 9_999_999)
    duties = TextAreaField(_l("Duties"), validators=[_text])
    requirements = TextAreaField(_l("Requirements"), validators=[_text])
    welfare = TextAreaField(_l("Insurance and welfare"), validators=[_text])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.education_level.choices = [
            SelectChoice(level.value, word) for level, word in EDUCATION_LEVELS.items()
        ]

    def details(self) -> PositionDetails | None:
        """What was typed; None for a row without a name."""
        title = (self.title.data or "").strip()
        if not title:
            return None
        return PositionDetails(
            title=title,
            headcount=self.headcount.data or 0,
            education_level=EducationLevel(self.education_level.data),
            majors=(self.majors.data or "").strip(),
            work_place=(self.work_place.data or "").strip(),
            salary_from=self.salary_from.data,
            salary_to=self.salary_to.data,
            duties=(self.duties.data or "").strip(),
            requirements=(self.requirements.data or "").strip(),
            welfare=(self.welfare.data or "").strip(),
        )


class RegistrationForm(VersionedForm):
    """What a company brings to a session."""

    stands_for_the_rest = "about"

    about = TextAreaField(
        _l("Your company in its own words"),
        description=_l("It stands on the public hiring notice."),
        validators=[_text],
    )
    contact_name = StringField(_l("Whom to ask"), validators=[_line])
    contact_phone = StringField(_l("Mobile number for questions"))
    booth_size_m2 = _count(_l("Booth of at least, square metres"), 1, 200)
    booth_power_w = _count(_l("Power needed, watts"), 0, 50_000)
    positions = FieldList(FormField(PositionForm))
    same_for_all = BooleanField(_l("Use the same for my other drafts of this event"))

    def complain(self, refusal: InvalidInput, sentence: Any) -> None:
        """A sentence about the rows of positions stands at the form's first question, where it is read."""
        name = refusal.field if refusal.field in _OWN_FIELDS else self.stands_for_the_rest
        super().complain(InvalidInput(name, refusal.code), sentence)

    @classmethod
    def of(
        cls, registration: FairRegistration, positions: Sequence[RegistrationPosition]
    ) -> RegistrationForm:
        """The form as stored, with spare rows for more positions."""
        names = tuple(PositionDetails.__slots__)
        rows: list[dict[str, Any]] = [
            {name: getattr(row, name) for name in names}
            | {"education_level": row.education_level.value}
            for row in positions
        ]
        rows += [{} for _ in range(SPARE_ROWS)]
        return cls(
            data={
                "about": registration.about,
                "contact_name": registration.contact_name,
                "contact_phone": (registration.contact_phone or "").removeprefix("+86"),
                "booth_size_m2": registration.booth_size_m2,
                "booth_power_w": registration.booth_power_w,
                "positions": rows,
                "version": registration.version,
            }
        )

    def details(self) -> RegistrationDetails:
        """What was typed. Errors: InvalidInput for a number that is no mobile number."""
        phone = (self.contact_phone.data or "").strip()
        positions = [row.form.details() for row in self.positions]
        return RegistrationDetails(
            about=self.about.data or "",
            contact_name=self.contact_name.data or "",
            contact_phone=mobile_number(phone) if phone else None,
            booth_size_m2=self.booth_size_m2.data or 9,
            booth_power_w=self.booth_power_w.data or 0,
            positions=tuple(one for one in positions if one is not None),
        )


def mobile_number(typed: str) -> str:
    """The number normalised. Errors: InvalidInput at the field of this form."""
    try:
        return check_mobile(typed)
    except InvalidInput as refusal:
        raise InvalidInput("contact_phone", "not_mobile") from refusal


class ChooseForm(Form):
    """Which sessions of an event a company registers for."""

    sessions = SelectMultipleField(
        _l("Sessions"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class AttendeesForm(VersionedForm):
    """Who comes: one person a line."""

    attendees = TextAreaField(
        _l("Who comes"),
        description=_l("One person a line: name, then a comma, then the mobile number."),
    )

    def read(self) -> list[tuple[str, str | None]]:
        """Names with their numbers. Errors: InvalidInput for a number that is no mobile number."""
        found: list[tuple[str, str | None]] = []
        for line in (self.attendees.data or "").replace("，", ",").splitlines():
            name, _comma, phone = (part.strip() for part in line.partition(","))
            if name:
                found.append((name, _attendee_phone(phone)))
        return found


def _attendee_phone(typed: str) -> str | None:
    if not typed:
        return None
    try:
        return check_mobile(typed)
    except InvalidInput as refusal:
        raise InvalidInput("attendees", "not_mobile") from refusal


class FindingForm(PlainForm):
    """The finding of one position."""

    passed = BooleanField(_l("Passed"))
    reason = StringField(_l("Reason"), validators=[_line])


class AuditForm(VersionedForm):
    """The audit of a company and its positions."""

    stands_for_the_rest = "reason"

    findings = FieldList(FormField(FindingForm))
    reason = TextAreaField(
        _l("What is to be corrected, or why not"),
        description=_l("The company reads it. Say everything at once."),
        validators=[_text],
    )
