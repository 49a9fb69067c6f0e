"""Strict reading of JSON objects: every problem is collected with its path, none stops the reading.

A policy editor shall see all mistakes of a draft at once, as an applicant sees all missing papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

Code = TypeVar("Code", bound=StrEnum)

#: Codes are ASCII, so that they can stand in addresses, columns and file names.
CODE_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


class InvalidRuleSet(Exception):
    """A rule set that may not judge anybody; each problem says where and what."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class Reader:
    """One JSON object. A getter that finds nothing usable notes a problem and gives a placeholder.

    The placeholders never reach anybody: `load_rule_set` raises once there is a problem.
    """

    def __init__(self, data: object, path: str, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        self._data: Mapping[str, object] = {}
        self._asked: set[str] = set()
        if isinstance(data, Mapping):
            self._data = data
        else:
            self.problem("an object is needed")

    def problem(self, what: str, key: str = "") -> None:
        """Note that something under this object, or one of its keys, is wrong."""
        where = ".".join(part for part in (self.path, key) if part)
        self.problems.append(f"{where}: {what}")

    def has(self, key: str) -> bool:
        """Whether the key is stated with something other than null."""
        return self.raw(key) is not None

    def raw(self, key: str) -> object:
        """The value as it stands, None if absent."""
        self._asked.add(key)
        return self._data.get(key)

    def text(self, key: str) -> str:
        """A text that is not blank."""
        value = self.raw(key)
        if isinstance(value, str) and value.strip():
            return value
        self.problem("a text is needed", key)
        return ""

    def code(self, key: str) -> str:
        """A name in lower-case ASCII letters, digits, - and _."""
        value = self.text(key)
        if not set(value) <= CODE_LETTERS:
            self.problem("a code has lower-case ASCII letters, digits, - and _ only", key)
        return value

    def optional_code(self, key: str) -> str | None:
        """The same, or nothing."""
        return self.code(key) if self.has(key) else None

    def both(self, key: str) -> tuple[str, str]:
        """The Chinese and the English text; a rule set that lacks one may not be activated."""
        return self.text(f"{key}_zh"), self.text(f"{key}_en")

    def number(self, key: str, least: int = 0) -> int:
        """A whole number from `least` on."""
        value = self.raw(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self.problem(f"a whole number from {least} on is needed", key)
        return least

    def flag(self, key: str) -> bool:
        """True or false; absent means false."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.problem("true or false is needed", key)
        return False

    def day(self, key: str) -> date:
        """A day in ISO form."""
        return self.optional_day(key) or self._no_day(key)

    def optional_day(self, key: str) -> date | None:
        """The same, or nothing."""
        value = self.raw(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.problem(f"{value!r} is not a day", key)
            return date.min

    def one_of(self, key: str, codes: type[Code]) -> Code:
        """A code of this enum; an unknown one, an operator above all, stops activation."""
        value = self.raw(key)
        try:
            return codes(str(value))
        except ValueError:
            self.problem(f"unknown {codes.__name__} {value!r}", key)
            return next(iter(codes))

    def several_of(self, key: str, codes: type[Code]) -> tuple[Code, ...]:
        """At least one code of this enum, in the order stated."""
        known = {code.value: code for code in codes}
        values = [str(value) for value in self._list(key)]
        for value in (value for value in values if value not in known):
            self.problem(f"unknown {codes.__name__} {value!r}", key)
        return tuple(known[value] for value in values if value in known)

    def inner(self, key: str) -> Reader:
        """The object under a key."""
        return Reader(self.raw(key), f"{self.path}.{key}".lstrip("."), self.problems)

    def each(self, key: str, *, may_be_empty: bool = False) -> list[Reader]:
        """The objects of a list."""
        if may_be_empty and not self.has(key):
            return []
        path = f"{self.path}.{key}".lstrip(".")
        return [
            Reader(value, f"{path}[{_name(value, position)}]", self.problems)
            for position, value in enumerate(self._list(key))
        ]

    def keys(self) -> Iterable[str]:
        """Every key stated, for objects whose keys are names."""
        return self._data.keys()

    def done(self) -> None:
        """Nothing more will be asked: what was not asked for is a key nobody knows."""
        for key in sorted(set(self._data) - self._asked):
            self.problem("unknown key", key)

    def _list(self, key: str) -> list[object]:
        value = self.raw(key)
        if isinstance(value, list) and value:
            return value
        self.problem("a list with at least one member is needed", key)
        return []

    def _no_day(self, key: str) -> date:
        self.problem("a day is needed", key)
        return date.min


def duplicates(codes: Iterable[str]) -> list[str]:
    """Every code that occurs more than once, in the order of its second appearance."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for code in codes:
        if code in seen:
            twice[code] = None
        seen.add(code)
    return list(twice)


def _name(value: object, position: int) -> str:
    code = value.get("code") or value.get("tier") if isinstance(value, Mapping) else None
    return str(code or position)
