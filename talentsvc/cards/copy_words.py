"""A frozen copy in words: what whoever confirms it is shown, at the employer and at the window."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from talentsvc.cards.answer_words import answer_rows
from talentsvc.cards.labels import STEPS
from talentsvc.cards.models import ApplicationCopy
from talentsvc.cards.rules.answers import Step
from talentsvc.extensions.language import pick
from talentsvc.policy.rules.shapes import Category

#: What an employer needs to compare with its records, and no more (PIPL 6).
SHOWN = {
    Step.IDENTITY: frozenset(
        {"name", "name_latin", "nationality", "document_kind", "document_number"}
    ),
    Step.EDUCATION: None,
    Step.WORK: None,
}
#: The form speaks to the applicant; a copy is read by somebody else.
TITLES: dict[Step, Any] = {
    Step.IDENTITY: _l("Applicant"),
    Step.EDUCATION: STEPS[Step.EDUCATION],
    Step.WORK: STEPS[Step.WORK],
}
#: Hexadecimal digits of a copy's hash that people compare.
SHORT_HASH = 16


@dataclass(frozen=True)
class CopyView:
    """One copy: its sections, how many files each paper has, and its hash in short."""

    copy: ApplicationCopy
    sections: list[dict[str, Any]]
    papers: list[tuple[str, int]]
    pledged: list[str]

    @property
    def short_hash(self) -> str:
        """The beginning of the hash."""
        return self.copy.sha256.hex()[:SHORT_HASH]


def copy_view(copy: ApplicationCopy, category: Category | None, employer: str) -> CopyView:
    """What a copy shows, in the reader's language."""
    content = json.loads(copy.content_json or "{}")
    return CopyView(
        copy=copy,
        sections=_sections(content, category, employer),
        papers=_papers(content, category),
        pledged=[_titles(category).get(code, code) for code in content.get("pledged", [])],
    )


def _sections(
    content: dict[str, Any], category: Category | None, employer: str
) -> list[dict[str, Any]]:
    sections = []
    for step, fields in SHOWN.items():
        rows = answer_rows(
            step, content.get("answers", {}), category=category, employer=employer, fields=fields
        )
        if rows:
            pairs = [(label, text) for _name, label, text in rows]
            sections.append({"title": TITLES[step], "rows": pairs})
    return sections


def _papers(content: dict[str, Any], category: Category | None) -> list[tuple[str, int]]:
    """Titles of the papers with how many files each has; the files themselves are not the employer's."""
    titles = _titles(category)
    counts: dict[str, int] = {}
    for entry in content.get("evidence", []):
        counts[entry["item"]] = counts.get(entry["item"], 0) + 1
    return [(titles.get(code, code), count) for code, count in counts.items()]


def _titles(category: Category | None) -> dict[str, str]:
    items = category.evidence if category else ()
    return {item.code: pick(item.text_zh, item.text_en) for item in items}
