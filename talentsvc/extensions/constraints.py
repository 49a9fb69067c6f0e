"""Named constraints and what a person is told when one of them refuses a value.

A race that slips past a form ends at a constraint; its name leads back to the field, so that the
form comes back filled in with a sentence instead of an error page (architecture.md, Habits).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

_messages: dict[str, ConstraintMessage] = {}


@dataclass(frozen=True)
class ConstraintMessage:
    """The field a constraint speaks of, and the sentence for it (a lazy translation)."""

    field: str
    text: Any


def constraint_message(name: str, *, field: str, text: Any) -> None:
    """Declare what a constraint's failure means to the person at the form."""
    _messages[name] = ConstraintMessage(field, text)


def message_for(error: IntegrityError) -> ConstraintMessage | None:
    """The sentence for a failed constraint, or None when it is a fault of ours."""
    diagnostics = getattr(error.orig, "diag", None)
    name = getattr(diagnostics, "constraint_name", None)
    return _messages.get(name) if name else None
