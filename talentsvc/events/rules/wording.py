"""Wording that a position at a fair must not hold: found and named, released or refused by a person.

Sources (facts.md 3.1): the Ministry of Education's "three prohibitions" at campus fairs (no limit to
985/211 schools, none on sex, household register), the Employment Promotion Law art. 26-30 (sex,
pathogen carriers, disability), and the Provisional Regulations on Human Resources Markets art. 24.
A finding blocks nothing by itself: words have more senses than rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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


#: A school's list is meant when the number stands for it: not in 211室, a telephone number or a price.
_LISTS = r"(?<![\d.])(?:985|211)(?![\d.]|\s*(?:室|号|房|元|米|路|栋|楼|分机|天|人|件|万))|双一流|雙一流|一本院校|重点院校毕业|重點院校畢業"
#: Sex is meant when it limits the person: not in 男装 or 女性健康产品.
_SEX = (
    r"(?:限|仅限?|只招|只限|优先录用|要求)\s*(?:男|女)(?:性|生|士)?"
    r"|(?:男|女)(?:性|生|士)?(?:优先|優先|不限除外|勿扰|勿投)"
    r"|性别\s*[:：]?\s*(?:为|要求)?\s*(?:男|女)(?!\s*不限)|(?:适合|適合)(?:男|女)(?:性|生)"
    r"|\b(?:males?|females?|men|women)\s+(?:only|preferred)\b"
)
_PATTERNS: Mapping[WordingRule, re.Pattern[str]] = {
    rule: re.compile(pattern, re.IGNORECASE)
    for rule, pattern in {
        WordingRule.SCHOOL_LIST: _LISTS,
        WordingRule.SEX: _SEX,
        WordingRule.MARRIAGE: r"未婚|已婚|婚育|已育|未育|(?:无|不)(?:怀孕|生育)(?:计划|打算)?|结婚计划|\bunmarried\b",
        WordingRule.HOUSEHOLD: r"(?:限|仅限?|须|需|要求|必须)[^，。；,;\n]{0,6}(?:户籍|户口|本地人|戶籍)|(?:户籍|户口|戶籍)\s*(?:限|要求|优先|優先|在)|本地户口|外地勿",
        WordingRule.HEALTH: r"乙肝|两对半|表面抗原|无(?:传染|慢性|遗传)病|身体无残疾|残疾(?:人)?勿|病原携带|\bhepatitis\b",
        WordingRule.FAITH: r"(?:无|限|不限制除外|不得有)宗教信仰|(?:限|仅限?)[^，。；,;\n]{0,4}族(?!群|谱)|汉族优先",
        WordingRule.AGE: r"(?:年龄|年齡)\s*[:：]?\s*(?:要求)?\s*(?:不超过|不超過|\d{2}\s*(?:周)?岁?\s*(?:以下|以内|-|至|~))|\d{2}\s*(?:周)?岁\s*(?:以下|以内)|限\s*9[05]后|9[05]后优先",
    }.items()
}
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


_SPACED_985, _SPACED_211 = re.compile(r"9[\s·]+8[\s·]+5"), re.compile(r"2[\s·]+1[\s·]+1")


def flags_in(texts: Mapping[str, str]) -> list[Flag]:
    """Return what looks forbidden in a position's fields, in the order of fields and rules.

    Full-width digits and letters count as plain ones, and blanks between Chinese characters as none,
    so that 9 8 5 in disguise is found too.
    """
    found: list[Flag] = []
    for field, text in texts.items():
        plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text or ""))
        plain = _SPACED_211.sub("211", _SPACED_985.sub("985", plain))
        for rule, pattern in _PATTERNS.items():
            found += [Flag(rule, field, match[0]) for match in pattern.finditer(plain)]
    return found
