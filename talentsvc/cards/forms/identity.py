"""Second step: who applies, checked by the rules of persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from talentsvc.cards.forms.fields import Asked, DayField, LongSelectField, options
from talentsvc.cards.forms.step import StepForm
from talentsvc.cards.rules.answers import Step, known_number, needs_birth_date
from talentsvc.core.clock import local_date, now
from talentsvc.core.errors import InvalidInput
from talentsvc.core.identity_numbers import DocumentKind, Sex
from talentsvc.core.phones import check_mobile
from talentsvc.people.labels import DOCUMENT_KINDS, SEXES, nationalities
from talentsvc.people.refusals import sentence_for
from talentsvc.people.rules import (
    checked_birth,
    checked_document,
    checked_latin_name,
    checked_name,
    checked_nationality,
)


class IdentityForm(StepForm):
    """Name, document and telephone."""

    step = Step.IDENTITY
    sentences = {
        ("name", "missing"): _l("Enter the name as it stands on the document."),
        ("nationality", "missing"): _l("Choose a nationality."),
        ("birth_on", "missing"): _l("Enter the date of birth."),
        ("document_kind", "missing"): _l("Choose the kind of document."),
        ("document_number", "missing"): _l("Enter the number of the document."),
        ("phone", "missing"): _l("Enter the mobile number under which we can reach you."),
        ("document_valid_until", "shape"): _l(
            "This is not a day of the calendar. Write it like 2026-11-22."
        ),
        ("birth_on", "date"): _l("This is not a day of the calendar. Write it like 2026-11-22."),
    }

    name = StringField(
        _l("Name"),
        description=_l("As on the document; rare characters can be typed as they are."),
        validators=[Asked()],
    )
    document_kind = RadioField(
        _l("Kind of document"),
        choices=options(DOCUMENT_KINDS),
        validators=[Asked()],
        validate_choice=False,
    )
    document_number = StringField(_l("Number of the document"), validators=[Asked()])
    document_valid_until = DayField(
        _l("Document valid until"), description=_l("Leave it empty if it has no last day.")
    )
    nationality = LongSelectField(_l("Nationality"), validators=[Asked()], validate_choice=False)
    name_latin = StringField(
        _l("Name in Latin letters"),
        description=_l("As in the machine-readable lines of the passport."),
    )
    birth_on = DayField(_l("Date of birth"), validators=[Asked()])
    sex = RadioField(
        _l("Sex"),
        choices=options({sex: SEXES[sex] for sex in (Sex.MALE, Sex.FEMALE)}),
        validate_choice=False,
    )
    phone = StringField(
        _l("Mobile number"),
        description=_l("A mainland number. Messages about your case go there."),
        validators=[Asked()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nationality.offer(nationalities())

    def clean_values(self) -> dict[str, Any]:
        """With the number in its normalised form."""
        values = super().clean_values()
        number = known_number(values)
        return values | ({"document_number": number.number} if number else {})

    def complaints(self) -> dict[str, Any]:
        """What is missing, and what the rules of persons say of the rest."""
        found = super().complaints()
        for name, check in self._checks().items():
            if name in found:
                continue
            try:
                check()
            except InvalidInput as refusal:
                found[name] = sentence_for(InvalidInput(name, refusal.code))
        return {name: found[name] for name in self._fields if name in found}

    def _checks(self) -> dict[str, Callable[[], object]]:
        values, today = self.values(), local_date(now())
        checks: dict[str, Callable[[], object]] = {
            "name": lambda: checked_name(values["name"]),
            "name_latin": lambda: checked_latin_name(values["name_latin"]),
            "phone": lambda: check_mobile(values["phone"]),
            "document_valid_until": lambda: _refuse_past(values["document_valid_until"], today),
        }
        if values["document_kind"] in set(DocumentKind):
            kind = DocumentKind(values["document_kind"])
            checks["document_number"] = lambda: checked_document(
                kind, values["document_number"], today
            )
            checks["nationality"] = lambda: checked_nationality(values["nationality"], kind)
        if needs_birth_date(values):
            checks["birth_on"] = lambda: checked_birth(
                date.fromisoformat(values["birth_on"]), today
            )
        return checks


def _refuse_past(text: str, today: date) -> None:
    if text and date.fromisoformat(text) < today:
        raise InvalidInput("document_valid_until", "past")
