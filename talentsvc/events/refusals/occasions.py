"""The sentences for what is refused about an event or a session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.occasions import Missing
from talentsvc.extensions.constraints import constraint_message

MISSING: Mapping[Missing, Any] = {
    Missing.NO_SESSION: _l("Add at least one session."),
    Missing.SESSION_OVER: _l("A session is over already; move or cancel it."),
    Missing.NO_PLACES: _l("Say for each session how many companies it takes."),
    Missing.NO_REGISTRATION_PERIOD: _l("Say from when until when companies may register."),
    Missing.NO_CONFIRMATION: _l(
        "Say when results are visible and until when places are confirmed."
    ),
    Missing.REGISTRATION_AFTER_SESSION: _l(
        "Registration must close before the first session begins."
    ),
    Missing.CONFIRMATION_AFTER_SESSION: _l(
        "Places must be confirmed before the first session begins."
    ),
    Missing.PERMIT_TOO_LATE: _l(
        "From 1,000 visitors the police must be asked for a permit 20 days before. It is too late for that: plan for fewer people, or another day."
    ),
}
_SENTENCES: dict[tuple[str, str], Any] = {
    ("registration_closes_at", "both_or_none"): _l(
        "Give both the beginning and the end of registration, or neither."
    ),
    ("registration_closes_at", "before_opening"): _l("Registration must end after it begins."),
    ("confirm_due_at", "both_or_none"): _l(
        "Give both the day of the results and the last moment to confirm, or neither."
    ),
    ("confirm_due_at", "before_results"): _l(
        "Companies can confirm only after the results are visible."
    ),
    ("results_visible_at", "before_closing"): _l(
        "Results can be visible only after registration has closed."
    ),
    ("city", "unknown"): _l("Choose a city of the list."),
    ("ends_at", "before_beginning"): _l("The end must be after the beginning."),
    ("permit_applied_on", "missing"): _l("Enter when the permit was asked for."),
    ("booth_kept_until", "time"): _l("Enter a time as 09:30."),
    ("ranking", "unknown"): _l("Give each criterion of the ranking once."),
    ("reason", "missing"): _l("Write the reason: everybody who registered reads it."),
}

constraint_message(
    "uq_fair_registration_day",
    field="starts_at",
    text=_l("A company of this session holds a place at another fair on that day."),
)


def sentence_for(refusal: InvalidInput) -> Any:
    """The sentence for a refused value; the field's name is `refusal.field`."""
    if refusal.code == "in_use":
        return _("%(taken)s places are taken already. Give no number below that.", **refusal.params)
    if refusal.code == "permit_too_late":
        return _(
            "From 1,000 visitors a permit must be asked for by %(day)s. It is too late for that.",
            day=refusal.params["day"],
        )
    if refusal.field == "event" and refusal.code in set(Missing):
        return MISSING[Missing(refusal.code)]
    found = _SENTENCES.get((refusal.field, refusal.code))
    return found or {
        "missing": _l("Please fill this in."),
        "too_long": _l("This is too long."),
    }.get(refusal.code, _l("This value cannot be right."))
