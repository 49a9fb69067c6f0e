"""The sentences for what a person's registration, an invitation or a feedback is refused for."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.core.errors import InvalidInput
from talentsvc.extensions.constraints import constraint_message

REGISTERED_ALREADY = _l("You are registered for this session already.")
_SENTENCES: dict[tuple[str, str], Any] = {
    ("session", "registered_already"): REGISTERED_ALREADY,
    ("session", "not_taking_place"): _l("This session does not take place."),
    ("session", "no_visitors"): _l("Nobody can register for this session as a visitor."),
    ("session", "over"): _l("This session is over."),
    ("session", "invitation_only"): _l(
        "This event is by invitation. Open the link of your invitation first."
    ),
    ("email", "shape"): _l("One of the e-mail addresses cannot be right."),
    ("guests", "not_published"): _l("Publish the event before inviting anybody."),
    ("guests", "how_many"): _l("Enter between 1 and 200 guests."),
}

constraint_message("uq_visit_open", field="session", text=REGISTERED_ALREADY)
constraint_message(
    "uq_visit_feedback_visit_id", field="words", text=_l("You have told us already. Thank you.")
)


def sentence_for(refusal: InvalidInput) -> Any:
    """The sentence for a refused value."""
    return _SENTENCES.get((refusal.field, refusal.code), _l("This value cannot be right."))
