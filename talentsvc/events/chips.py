"""Filters of lists of events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter of a list."""

    label: Any
    href: str
    is_on: bool


def filter_chips_of(
    words: Mapping[Any, Any], chosen: StrEnum | None, href: Callable[[str | None], str]
) -> list[Chip]:
    """All, and one for each member; `href` gives the address of a member's value."""
    chips = [Chip(_("All"), href(None), chosen is None)]
    return chips + [
        Chip(word, href(member.value), member is chosen) for member, word in words.items()
    ]
