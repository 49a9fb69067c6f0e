"""Kinds of field whose value is kept as typed, right or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape
from wtforms import (  # type: ignore[attr-defined]  # the stubs know 3.2, without SelectChoice
    BooleanField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.widgets import DateInput, Select, html_params

from talentsvc.core.typed_text import half_width

#: 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日, 20261122.
_DAY = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")


def options(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """Choices from codes and their words, in order."""
    return [SelectChoice(str(code), word) for code, word in words.items()]


def with_blank(words: Mapping[Any, Any]) -> list[SelectChoice]:
    """The same under a line that chooses nothing."""
    return [SelectChoice("", _l("Choose")), *options(words)]


@lru_cache(maxsize=16)
def _listed(places: tuple[tuple[str, str], ...], _locale: str) -> tuple[list[SelectChoice], str]:
    """The choices of a long list and their HTML, nothing marked; kept for each list and language."""
    choices = with_blank(dict(places))
    html = "".join(
        f"<option {html_params(value=choice.value)}>{escape(choice.label)}</option>"
        for choice in choices
    )
    return choices, html


class _LongList(Select):
    """Hundreds of options that are the same on every page but for the one that is marked."""

    def __call__(self, field: LongSelectField, **kwargs: Any) -> Markup:  # type: ignore[override]
        """The whole select."""
        kwargs.setdefault("id", field.id)
        for name in self.validation_attrs:
            if name in field.flags:
                kwargs.setdefault(name, getattr(field.flags, name))
        value = html_params(value=field.data or "")
        marked = field.options_html.replace(f"<option {value}>", f"<option selected {value}>", 1)
        # Its parts are escaped: by WTForms each option, by `html_params` the rest.
        return Markup(f"<select {html_params(name=field.name, **kwargs)}>{marked}</select>")  # noqa: S704


class LongSelectField(SelectField):
    """A select whose hundreds of options are made once, and not with each page."""

    widget = _LongList()
    options_html = ""

    def offer(self, pairs: Iterable[tuple[str, str]]) -> None:
        """What there is to choose from, under a line that chooses nothing."""
        self.choices, self.options_html = _listed(tuple(pairs), str(get_locale()))


class Asked:
    """Marks a field as one that must be answered; what is missing is said by the rules, not here."""

    field_flags = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Nothing: see `rules.answer_checks`."""


class DayField(StringField):
    """A day, as a text that browsers offer a calendar for; any usual way of writing one is taken."""

    widget = DateInput()

    def plain(self) -> str:
        """The day in ISO form, or what was typed."""
        return plain_day(self.data or "")


class YesNoField(RadioField):
    """A question answered by yes or no, or not yet."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        words = {"yes": _l("Yes"), "no": _l("No")}
        super().__init__(label, choices=options(words), validate_choice=False, **kwargs)

    def plain(self) -> bool | str:
        """True, False, or blank while unanswered."""
        return {"yes": True, "no": False}.get(str(self.data), "")


def plain_day(text: str) -> str:
    """A day in ISO form if the text is one, else the text."""
    tidy = half_width(text).strip()
    found = _DAY.fullmatch(tidy)
    if found is None:
        return tidy
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return tidy


def plain(field: Field) -> Any:
    """What a draft stores of a field: text or flag, as typed but for blanks around it."""
    if isinstance(field, DayField | YesNoField):
        return field.plain()
    if isinstance(field, BooleanField):
        return bool(field.data)
    data = field.data
    return " ".join(data.split()) if isinstance(data, str) else ""


def as_typed(value: object) -> list[str]:
    """The reverse: what the field would have sent."""
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(value)] if value is not None else []
