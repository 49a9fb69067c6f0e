"""What the one-time notice says about a step or a paper, for the pages that mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from talentsvc.cards.correcting import answered_items, item_rows, last_notice
from talentsvc.cards.drafting import answers_of, draft_of
from talentsvc.cards.evidencing import category_of
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.labels import STEPS
from talentsvc.cards.models import Application, CorrectionItem, CorrectionNotice
from talentsvc.cards.rules.answers import Step, changed_steps, to_file
from talentsvc.cards.terms import ApplicationState, CorrectionItemKind
from talentsvc.extensions.language import pick


def explanations_for(application: Application, step: Step) -> list[str]:
    """What is wrong with a step, in the window's words; empty outside a correction."""
    return _explanations(application, CorrectionItemKind.ANSWER).get(step.value, [])


def paper_explanations(application: Application) -> dict[str, list[str]]:
    """The same for papers, by item."""
    return _explanations(application, CorrectionItemKind.EVIDENCE)


def _explanations(application: Application, kind: CorrectionItemKind) -> dict[str, list[str]]:
    if application.state is not ApplicationState.CORRECTION_REQUESTED:
        return {}
    notice = last_notice(application.id)
    found: dict[str, list[str]] = {}
    for row in item_rows(notice) if notice else []:
        if row.kind is kind:
            found.setdefault(row.code, []).append(row.explanation)
    return found


@dataclass(frozen=True)
class CorrectionRow:
    """One thing to mend: what it is, what is wrong, whether it is done, and where to do it."""

    title: Any
    explanation: str
    is_answered: bool
    href: str
    code: str


def correction_rows(
    application: Application, notice: CorrectionNotice, items: Sequence[CorrectionItem]
) -> list[CorrectionRow]:
    """The items of a notice as the applicant deals with them."""
    answers = to_file(answers_of(draft_of(application)))
    changed = changed_steps(to_file(filed_answers(application.id)), answers)
    answered = answered_items(notice, items, changed)
    papers = _paper_titles(application)
    evidence = url_for("cards.evidence", application_id=application.id)
    rows = []
    for item in items:
        is_paper = item.kind is CorrectionItemKind.EVIDENCE
        rows.append(
            CorrectionRow(
                title=papers.get(item.code, item.code)
                if is_paper
                else STEPS.get(item.code, item.code),
                explanation=item.explanation,
                is_answered=item.id in answered,
                href=f"{evidence}#item-{item.code}"
                if is_paper
                else url_for("cards.step", application_id=application.id, step=item.code),
                code=item.code,
            )
        )
    return rows


def _paper_titles(application: Application) -> dict[str, str]:
    category = category_of(application)
    return {
        item.code: pick(item.text_zh, item.text_en)
        for item in (category.evidence if category else ())
    }
