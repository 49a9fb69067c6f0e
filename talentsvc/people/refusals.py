"""The sentences for what `people.rules` and `people.actions` refuse, for the forms of every feature.

Rules know no language, and nobody imports another feature's forms; so the words stand here.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.constraints import constraint_message

BELONGS_TO_ANOTHER = _l(
    "We cannot take this number online. Our staff have been told and will help you: bring the document to the service window."
)

_SENTENCES: dict[tuple[str, str], Any] = {
    ("name", "missing"): _l("Enter the name as it stands on the document."),
    ("name", "too_long"): _l("This name is longer than 100 characters."),
    ("name", "characters"): _l("A name has letters or characters only, no digits or symbols."),
    ("name_latin", "characters"): _l("Write the name in Latin letters, as in the passport."),
    ("nationality", "missing"): _l("Choose a nationality."),
    ("nationality", "does_not_fit"): _l("This kind of document does not fit the nationality."),
    ("document_number", "length"): _l(
        "The number has too few or too many characters for this kind of document."
    ),
    ("document_number", "characters"): _l(
        "The number holds characters that this kind of document never has."
    ),
    ("document_number", "area"): _l("The first six digits do not belong to this kind of document."),
    ("document_number", "date"): _l(
        "The birth date inside the number does not exist. Compare it with the document."
    ),
    ("document_number", "future_date"): _l(
        "The birth date inside the number lies in the future. Compare it with the document."
    ),
    ("document_number", "check_digit"): _l(
        "One of the characters is wrong: the last one does not match the others. Compare it with the document."
    ),
    ("document_number", "not_a_passport"): _l(
        "This is the number of a resident identity card. Choose that kind of document."
    ),
    ("document_number", "belongs_to_another"): BELONGS_TO_ANOTHER,
    ("document_valid_until", "past"): _l("This document has expired. Use a valid one."),
    ("birth_on", "missing"): _l("Enter the date of birth."),
    ("birth_on", "out_of_range"): _l("This is not a possible date of birth."),
    ("phone", "shape"): _l("This is not a phone number."),
    ("phone", "not_mobile"): _l(
        "Enter a mainland mobile number. Landlines and 400 numbers get no messages."
    ),
}

constraint_message("uq_identity_document_number", field="document_number", text=BELONGS_TO_ANOTHER)


def sentence_for(refusal: InvalidInput) -> Any:
    """The sentence for a refused value of a person; the field's name is `refusal.field`."""
    return _SENTENCES.get((refusal.field, refusal.code), _l("This value cannot be right."))
