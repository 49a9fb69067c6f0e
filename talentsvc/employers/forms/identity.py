"""Who a future agent is: endorsing is an act of a known person (guarantees.md G3)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.employers.forms.choices import options
from talentsvc.extensions.forms import Form
from talentsvc.people.labels import DOCUMENT_KINDS, SEXES, nationalities


class IdentityForm(Form):
    """The person behind the account; what a number says of birth and sex need not be typed."""

    name = StringField(
        _l("Name"),
        description=_l("As it stands on the document."),
        validators=[InputRequired(_l("Enter the name as it stands on the document."))],
    )
    name_latin = StringField(
        _l("Name in Latin letters"), description=_l("Only if the document has one.")
    )
    nationality = SelectField(
        _l("Nationality"), validators=[InputRequired(_l("Choose a nationality."))]
    )
    document_kind = SelectField(
        _l("Kind of document"),
        choices=options(DOCUMENT_KINDS),
        validators=[InputRequired(_l("Choose a kind of document."))],
    )
    document_number = StringField(
        _l("Document number"),
        description=_l("Stored encrypted. Staff see it masked, and each opening is recorded."),
        validators=[InputRequired(_l("Enter the document number."))],
    )
    document_valid_until = DateField(
        _l("Document valid to"),
        description=_l("Leave empty for a document without an end."),
        validators=[Optional()],
    )
    phone = StringField(
        _l("Mobile number"),
        validators=[InputRequired(_l("Enter a mobile number."))],
    )
    birth_on = DateField(
        _l("Date of birth"),
        description=_l("Only when the document number does not hold it, as with a passport."),
        validators=[Optional()],
    )
    sex = RadioField(
        _l("Sex"),
        description=_l("Only when the document number does not hold it, as with a passport."),
        choices=options(SEXES),
        default=Sex.UNKNOWN.value,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nationality.choices = options(dict(nationalities()))

    def values(self) -> dict[str, Any]:
        """What was typed, as `record_person` takes it; for a valid form."""
        return {
            "name": self.name.data,
            "name_latin": self.name_latin.data or None,
            "nationality": self.nationality.data,
            "document_kind": DocumentKind(self.document_kind.data),
            "document_number": self.document_number.data,
            "document_valid_until": self.document_valid_until.data,
            "phone": self.phone.data,
            "sex": Sex(self.sex.data),
            "birth_on": self.birth_on.data,
        }
