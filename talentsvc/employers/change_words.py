"""A correction in words: each datum as it was and as it shall be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from talentsvc.employers.labels import FIELD_NAMES, INDUSTRIES, PARKS
from talentsvc.employers.models import EmployerChange
from talentsvc.policy.employer_words import LEVELS, TYPES

_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "employer_type": TYPES,
    "level": LEVELS,
    "industry": INDUSTRIES,
    "park": PARKS,
}


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One datum before and after; `is_new` where they differ."""

    label: Any
    former: Any
    wanted: Any
    is_new: bool


def changed_fields(change: EmployerChange) -> list[ChangedField]:
    """Every datum in order, also what stays as it was."""
    return [
        ChangedField(
            label,
            _word(name, change.former[name]),
            _word(name, change.wanted[name]),
            change.former[name] != change.wanted[name],
        )
        for name, label in FIELD_NAMES.items()
    ]


def _word(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    words = {str(code.value): word for code, word in _WORDS.get(name, {}).items()}
    return words.get(str(value), value)
