"""Wording that a position at a fair must not hold: found and named, released or refused by a person.

Sources (facts.md 3.1): the Ministry of Education's "three prohibitions" at campus fairs (no limit to
985/211 schools, none on sex, household register), the Employment Promotion Law art. 26-30 (sex,
pathogen carriers, disability), the Provisional Regulations on Human Resources Markets art. 24, and
the Labour Law art. 15 (nobody under 16). A finding blocks nothing by itself: words have more senses
than rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from talentsvc.events.rules.wording_patterns import AFTER, BEFORE, PATTERNS, TO_SIMPLIFIED


class WordingRule(StrEnum):
    """What kind of limit the words look like."""

    SCHOOL_LIST = "school_list"
    SEX = "sex"
    MARRIAGE = "marriage"
    HOUSEHOLD = "household"
    HEALTH = "health"
    FAITH = "faith"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding: which rule, in which field, and the words as they stand there."""

    rule: WordingRule
    field: str
    words: str

    def as_data(self) -> dict[str, str]:
        """For the position's column."""
        return {"rule": self.rule.value, "field": self.field, "words": self.words}


#: What a company offers may speak of age, marriage and register: rooms for young people, a visit to the spouse.
_NOT_IN_WELFARE = frozenset({WordingRule.AGE, WordingRule.MARRIAGE, WordingRule.HOUSEHOLD})
_COMPILED: Mapping[WordingRule, tuple[re.Pattern[str], ...]] = {
    rule: tuple(re.compile(pattern) for pattern in PATTERNS[rule.value]) for rule in WordingRule
}
_BEFORE, _AFTER = re.compile(BEFORE), re.compile(AFTER)
#: As far back as a word of release is looked for.
_REACH = 8


def flags_in(texts: Mapping[str, str]) -> list[Flag]:
    """Return what looks forbidden in a position's fields, in the order of fields, rules and places.

    Full-width and traditional characters count as plain ones, blanks and invisible marks as none,
    so that a limit in disguise is found too; the words are given as they were typed.
    """
    return [
        Flag(rule, field, words)
        for field, text in texts.items()
        for rule in WordingRule
        if not (field == "welfare" and rule in _NOT_IN_WELFARE)
        for words in _hits(rule, text or "")
    ]


def _hits(rule: WordingRule, text: str) -> Iterator[str]:
    plain, places = _plain(text)
    spans = sorted(
        match.span()
        for pattern in _COMPILED[rule]
        for match in pattern.finditer(plain)
        if not _is_released(plain, *match.span())
    )
    end_before = 0
    for begin, end in spans:
        if begin >= end_before:
            end_before = end
            yield text[places[begin] : places[end - 1] + 1]


def _is_released(plain: str, begin: int, end: int) -> bool:
    """Whether the words around say the opposite: 不限985/211, 婚育状况不限."""
    before = plain[max(0, begin - _REACH) : begin]
    if before.endswith("不") and plain.startswith(("限", "要求", "须"), begin):
        return True
    # 性别不限男士优先 prefers all the same.
    prefers = plain.endswith("优先", begin, end)
    return bool((not prefers and _BEFORE.search(before)) or _AFTER.match(plain, end))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and where each of its characters stood."""
    plain: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char).lower():
            if one in "\r\n":
                one = "。"
            if not one.isspace() and unicodedata.category(one) != "Cf":
                plain.append(TO_SIMPLIFIED.get(one, one))
                places.append(place)
    return "".join(plain), places
