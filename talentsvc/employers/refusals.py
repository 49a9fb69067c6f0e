"""The sentences for what the rules and actions of employers refuse."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.constraints import constraint_message

CODE_EXISTS = _l(
    "A company with this code is registered here already. You can ask to become its agent."
)
ASKED_ALREADY = _l("You have asked for this already; the answer is still to come.")

_SENTENCES: dict[tuple[str, str], Any] = {
    ("credit_code", "missing"): _l("Enter the unified social credit code."),
    ("credit_code", "length"): _l("A unified social credit code has 18 characters."),
    ("credit_code", "characters"): _l(
        "The code holds a character that is never used in it: I, O, S, V, Z or a symbol. Look again for 1, 0, 5, U or 2."
    ),
    ("credit_code", "authority"): _l(
        "The first character names no registering authority. Compare it with the licence."
    ),
    ("credit_code", "area"): _l(
        "Characters 3 to 8 are the area and must be digits. Compare them with the licence."
    ),
    ("credit_code", "organisation_code"): _l(
        "Characters 9 to 17, the organisation code, do not fit together. One of them is wrong; compare them with the licence."
    ),
    ("credit_code", "check_digit"): _l(
        "The last character does not match the others. One of the 18 is wrong; compare them with the licence."
    ),
    ("credit_code", "exists"): CODE_EXISTS,
    ("name", "unchanged"): _l(
        "Nothing differs from what is on file. Change what is no longer right."
    ),
    ("credit_code", "unknown"): _l(
        "No company with this code is registered here yet. You can register it."
    ),
    ("credit_code", "asked_already"): ASKED_ALREADY,
    ("name", "missing"): _l("Enter the registered name."),
    ("name", "too_long"): _l("This name is longer than 200 characters."),
    ("name", "characters"): _l("Enter the name as it stands on the licence."),
    ("authorised_until", "missing"): _l("Enter the last day of the authorisation."),
    ("authorised_until", "past"): _l("This day is over. Enter today or a later day."),
    ("authorised_until", "too_far"): _l("An authorisation may run for three years at most."),
    ("reason", "missing"): _l("Write the reason: the company will read it."),
    ("reason", "too_long"): _l("Write the reason in at most 500 characters."),
}

constraint_message("uq_employer_credit_code", field="credit_code", text=CODE_EXISTS)
constraint_message("uq_employer_agent_open", field="credit_code", text=ASKED_ALREADY)


def sentence_for(refusal: InvalidInput) -> Any:
    """The sentence for a refused value of an employer; the field's name is `refusal.field`."""
    return _SENTENCES.get((refusal.field, refusal.code), _l("This value cannot be right."))
