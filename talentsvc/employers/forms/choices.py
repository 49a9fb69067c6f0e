"""Options of a choice from the words of an enum."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs know 3.2


def options(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """One option for each member, in the order of the words."""
    return [SelectChoice(_value(member), word) for member, word in words.items()]


def with_blank(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """The same behind an empty option, so that nothing is chosen by accident."""
    return [SelectChoice("", _l("Choose")), *options(words)]


def _value(member: Any) -> str:
    return member.value if isinstance(member, StrEnum) else str(member)
