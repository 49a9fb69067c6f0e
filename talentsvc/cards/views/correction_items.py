"""What the one-time notice says about a step or a paper, for the pages that mend it."""

from __future__ import annotations

from talentsvc.cards.correcting import item_rows, last_notice
from talentsvc.cards.models import Application
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.terms import ApplicationState, CorrectionItemKind


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
