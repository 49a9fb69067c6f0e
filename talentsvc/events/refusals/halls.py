"""The sentences for what is refused about a hall, its booths and who stands where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.core.errors import InvalidInput
from talentsvc.events.rules.hall_reading import RowError, TableErrors
from talentsvc.events.rules.halls import Flaw, FlawedDrawing
from talentsvc.events.terms.hall import (
    LONGEST_BOOTH_NUMBER,
    LONGEST_ZONE,
    MOST_BOOTHS,
    MOST_CELLS,
    MOST_POWER_W,
    MOST_SIZE_M2,
    FlawCode,
)
from talentsvc.extensions.constraints import constraint_message

BOOTH_TAKEN = _l("This booth was given to another company a moment ago. Choose another one.")
#: Placeholders: %(a)s and %(b)s are booth numbers, %(most)s a limit.
FLAWS: Mapping[FlawCode, tuple[Any, int]] = {
    FlawCode.GRID: (_l("A hall has between 1 and %(most)s cells a side."), MOST_CELLS),
    FlawCode.TOO_MANY: (_l("A hall has at most %(most)s booths."), MOST_BOOTHS),
    FlawCode.NUMBER_MISSING: (_l("A booth has no number."), 0),
    FlawCode.NUMBER_TOO_LONG: (
        _l("Booth %(a)s: a number has at most %(most)s characters."),
        LONGEST_BOOTH_NUMBER,
    ),
    FlawCode.NUMBER_TWICE: (_l("The number %(a)s stands on two booths."), 0),
    FlawCode.ZONE_MISSING: (_l("Booth %(a)s has no zone."), 0),
    FlawCode.ZONE_TOO_LONG: (
        _l("Booth %(a)s: a zone has at most %(most)s characters."),
        LONGEST_ZONE,
    ),
    FlawCode.SIZE: (_l("Booth %(a)s: the size is between 1 and %(most)s m²."), MOST_SIZE_M2),
    FlawCode.POWER: (_l("Booth %(a)s: the power is between 0 and %(most)s W."), MOST_POWER_W),
    FlawCode.EXTENT: (_l("Booth %(a)s covers between 1 and %(most)s cells a side."), MOST_CELLS),
    FlawCode.OUTSIDE: (_l("Booth %(a)s reaches beyond the hall."), 0),
    FlawCode.OVERLAP: (_l("Booths %(a)s and %(b)s lie on top of each other."), 0),
    FlawCode.GONE: (_l("Booth %(a)s is no longer there. Reload the page."), 0),
    FlawCode.IN_USE_DELETED: (
        _l("Booth %(a)s is given to a company and cannot be deleted. Take it back first."),
        0,
    ),
    FlawCode.IN_USE_BLOCKED: (
        _l("Booth %(a)s is given to a company and cannot be blocked. Take it back first."),
        0,
    ),
}
_SENTENCES: dict[tuple[str, str], Any] = {
    ("drawing", "unreadable"): _l("This drawing could not be read. Reload the page and try again."),
    ("area", "nothing_fits"): _l("No booth of this size fits into the free part of this area."),
    ("first_number", "series"): _l("The first number must end in digits, such as A01."),
    ("table", "empty"): _l("This table has no rows."),
    ("table", "unreadable"): _l("This file could not be read as a table. Use XLSX or CSV."),
    ("table", "too_large"): _l("This file is too large for a table of booths."),
    ("from_session_id", "no_hall"): _l("That session has no hall to copy."),
    ("registration_id", "no_place"): _l("This company holds no place in this session any more."),
    ("booth_id", "blocked"): _l("This booth is blocked. Choose another one."),
    ("booth_id", "taken"): BOOTH_TAKEN,
    ("second_registration_id", "same"): _l("Choose two different companies."),
    ("second_registration_id", "no_booth"): _l("Both companies need a booth before they swap."),
    ("accepts_left_out", "nobody_stands"): _l("Nobody has a booth yet. Allocate the booths first."),
}
_ROWS: Mapping[str, Any] = {
    "missing": _l("Line %(line)s, %(column)s: missing."),
    "whole": _l("Line %(line)s, %(column)s: “%(value)s” is not a whole number."),
    "yes_or_no": _l("Line %(line)s, %(column)s: write yes or no, not “%(value)s”."),
    "twice": _l("Line %(line)s, %(column)s: “%(value)s” stands in this table twice."),
}

constraint_message("uq_booth_assignment_booth", field="booth_id", text=BOOTH_TAKEN)
constraint_message(
    "uq_booth_assignment_registration",
    field="registration_id",
    text=_l("This company was given a booth a moment ago. Look again."),
)


def flaw_sentence(flaw: Flaw) -> str:
    """One reason against a drawing, in words."""
    sentence, most = FLAWS[flaw.code]
    first, second = (*flaw.booths, "", "")[:2]
    return str(sentence) % {"a": first, "b": second, "most": most}


def row_sentence(error: RowError) -> str:
    """What is wrong in a line of a table."""
    values = {"line": error.line, "column": error.column, "value": error.value[:40]}
    return str(_ROWS[error.code]) % values


def sentences_for(refusal: InvalidInput) -> list[str]:
    """Every sentence for what was refused about a hall."""
    if isinstance(refusal, FlawedDrawing):
        return [flaw_sentence(flaw) for flaw in refusal.flaws]
    if isinstance(refusal, TableErrors):
        return [row_sentence(error) for error in refusal.errors]
    return [_sentence_for(refusal)]


def _sentence_for(refusal: InvalidInput) -> str:
    params = refusal.params
    if refusal.code == "out_of_range":
        return str(_("Enter a whole number from %(least)s to %(most)s.", **params))
    if refusal.code == "heading":
        return str(_("The table needs a column “%(heading)s”.", **params))
    if refusal.code == "left_out":
        return str(
            _(
                "%(count)s companies have no booth. Say that you know it, or find them one.",
                **params,
            )
        )
    found = _SENTENCES.get((refusal.field, refusal.code), _l("This value cannot be right."))
    return str(found)
