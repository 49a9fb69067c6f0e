"""Registering an employer, mending a registration, and asking to act for an employer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, StopValidation
from wtforms.widgets import HiddenInput

from talentsvc.core.clock import local_date, now
from talentsvc.core.credit_codes import check_credit_code
from talentsvc.core.errors import InvalidInput
from talentsvc.employers.changing import as_stored
from talentsvc.employers.forms.choices import options, with_blank
from talentsvc.employers.labels import INDUSTRIES, PARKS
from talentsvc.employers.models import Employer
from talentsvc.employers.refusals import sentence_for
from talentsvc.employers.rules import EmployerDetails, check_employer, checked_name, checked_until
from talentsvc.employers.terms import Industry, Park
from talentsvc.extensions.forms import Form
from talentsvc.policy.employer_words import LEVELS, TYPES
from talentsvc.policy.terms import EmployerLevel, EmployerType


class Paper:
    """A file is chosen now or was brought by an earlier try; which one is seen when it is taken."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse a form without either."""
        if not getattr(field.data, "filename", "") and not form[f"{field.name}_kept"].data:
            raise StopValidation(self.message)


class CompanyFields(Form):
    """What the business licence says beside the code, and where in the zone the employer is."""

    name = StringField(
        _l("Registered name"),
        description=_l("As it stands on the licence."),
        validators=[InputRequired(_l("Enter the registered name."))],
    )
    employer_type = SelectField(
        _l("Kind of employer"),
        choices=with_blank(TYPES),
        validators=[InputRequired(_l("Choose the kind of employer."))],
    )
    level = SelectField(
        _l("Whose employer it is"),
        description=_l("Most companies of the zone choose: Zone."),
        choices=options(LEVELS),
        validators=[InputRequired(_l("Choose a level."))],
    )
    industry = RadioField(
        _l("Industry"),
        choices=options(INDUSTRIES),
        validators=[InputRequired(_l("Choose an industry."))],
    )
    park = RadioField(
        _l("Park"),
        choices=options(PARKS),
        validators=[InputRequired(_l("Choose a park."))],
    )
    is_registered_in_zone = BooleanField(_l("It is registered in the zone"))
    is_taxed_in_zone = BooleanField(_l("It pays its taxes in the zone"))

    def validate_name(self, field: Field) -> None:
        """The name has letters or characters."""
        _check(checked_name, field.data or "")

    def details_of(self, credit_code: str) -> EmployerDetails:
        """The checked details of a valid form, for the legal person of this code."""
        return check_employer(
            credit_code=credit_code,
            name=self.name.data or "",
            employer_type=EmployerType(self.employer_type.data),
            level=EmployerLevel(self.level.data),
            industry=Industry(self.industry.data),
            park=Park(self.park.data),
            is_registered_in_zone=self.is_registered_in_zone.data,
            is_taxed_in_zone=self.is_taxed_in_zone.data,
        )


class DetailsForm(CompanyFields):
    """The same with the code that names the legal person."""

    credit_code = StringField(
        _l("Unified social credit code"),
        description=_l("18 characters, as on the licence."),
        validators=[InputRequired(_l("Enter the unified social credit code."))],
    )

    def validate_credit_code(self, field: Field) -> None:
        """The code is well-formed, and the sentence says which part of it is not."""
        _check(check_credit_code, field.data or "")

    def details(self) -> EmployerDetails:
        """The checked details of a valid form."""
        return self.details_of(self.credit_code.data or "")


class AuthorisationFields(Form):
    """The letter by which the employer lets a person act, and until when."""

    authorised_until = DateField(
        _l("Authorised until"),
        description=_l("The last day that the letter names; three years from today at most."),
        validators=[InputRequired(_l("Enter the last day of the authorisation."))],
    )
    is_founder = BooleanField(
        _l("I am an owner or founder of this company"),
        description=_l(
            "You may act for it, but somebody else confirms an application of your own."
        ),
    )
    letter = FileField(
        _l("Letter of authorisation"),
        description=_l("With the stamp of the company. PDF, JPEG or PNG, up to 9 MB."),
        validators=[Paper(_l("Upload the letter of authorisation."))],
    )
    letter_kept = HiddenField()

    def validate_authorised_until(self, field: Field) -> None:
        """The day is today or later, and not too far ahead."""
        _check(lambda day: checked_until(day, local_date(now())), field.data)


class RegisterForm(DetailsForm, AuthorisationFields):
    """A new employer with its first agent."""

    licence = FileField(
        _l("Business licence"),
        description=_l("Or the certificate of the institution. PDF, JPEG or PNG, up to 9 MB."),
        validators=[Paper(_l("Upload the business licence."))],
    )
    licence_kept = HiddenField()


class MendForm(DetailsForm):
    """A registration that goes to the desk once more; the licence on file stays unless replaced."""

    licence = FileField(
        _l("Business licence"),
        description=_l("Or the certificate of the institution. PDF, JPEG or PNG, up to 9 MB."),
    )
    licence_kept = HiddenField()
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, employer: Employer) -> MendForm:
        """The form filled with what is on file."""
        return cls(
            obj=None,
            credit_code=employer.credit_code,
            **as_stored(employer),
            version=employer.version,
        )


class ChangeForm(CompanyFields):
    """A correction of a verified employer's data; a new licence always comes with it."""

    licence = FileField(
        _l("New business licence"),
        description=_l("The one that shows the new data. PDF, JPEG or PNG, up to 9 MB."),
        validators=[Paper(_l("Upload the new business licence."))],
    )
    licence_kept = HiddenField()
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, employer: Employer) -> ChangeForm:
        """The form filled with what is on file."""
        return cls(obj=None, **as_stored(employer), version=employer.version)


class JoinForm(AuthorisationFields):
    """Asking to act for an employer that is registered already."""

    credit_code = StringField(
        _l("Unified social credit code"),
        description=_l("18 characters, as on the licence of the company."),
        validators=[InputRequired(_l("Enter the unified social credit code."))],
    )

    def validate_credit_code(self, field: Field) -> None:
        """The code is well-formed."""
        _check(check_credit_code, field.data or "")


class RenewForm(AuthorisationFields):
    """Asking to go on acting for an employer."""


def _check(rule: Callable[[Any], object], value: Any) -> None:
    """Ask a rule, and put its refusal into words."""
    try:
        rule(value)
    except InvalidInput as refusal:
        raise StopValidation(str(sentence_for(refusal))) from None


def refuse(form: Form, refusal: InvalidInput) -> None:
    """Put a refusal's sentence on the field it speaks of, else before the whole form."""
    field = form._fields.get(refusal.field)
    if field is None:
        form.form_errors.append(sentence_for(refusal))
    else:
        field.errors = [*field.errors, sentence_for(refusal)]
