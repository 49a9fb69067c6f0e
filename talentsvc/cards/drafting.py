"""The draft of a case: its answers, and what may be changed in the state the case is in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from talentsvc.cards.correcting import item_rows, last_notice
from talentsvc.cards.evidencing import pledged_codes
from talentsvc.cards.models import Application, ApplicationDraft
from talentsvc.cards.rules.answers import ANSWERED, Step
from talentsvc.cards.terms import (
    EDITABLE_STATES,
    PLEDGE_RUNS_IN,
    ApplicationState,
    CorrectionItemKind,
)
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db

#: In the sealed JSON: the answers, and at which version of the draft each step was last saved.
_ANSWERS, _SAVED = "answers", "saved"


def empty_draft() -> str:
    """The content of a draft that nothing was filled into."""
    return json.dumps({_ANSWERS: {}, _SAVED: {}})


def draft_of(application: Application, *, lock: bool = False) -> ApplicationDraft:
    """The draft of a case. Errors: NotFoundHere."""
    draft = (
        db.session.get(
            ApplicationDraft, application.id, with_for_update=True, populate_existing=True
        )
        if lock
        else db.session.get(ApplicationDraft, application.id)
    )
    if draft is None:
        raise NotFoundHere()
    return draft


def answers_of(draft: ApplicationDraft) -> dict[str, Any]:
    """What has been filled in so far: step → field → value, as typed."""
    answers: dict[str, Any] = json.loads(draft.answers_json).get(_ANSWERS, {})
    return answers


def is_stale(draft: ApplicationDraft, step: Step, seen_version: int) -> bool:
    """Whether a step was saved since somebody saw the draft at a version.

    Asked by step, so that two pages of one form open at once do not hinder each other.
    """
    saved: dict[str, int] = json.loads(draft.answers_json).get(_SAVED, {})
    return saved.get(step, 0) > seen_version


def write_step(
    draft: ApplicationDraft, step: Step, values: Mapping[str, Any], *, at: datetime
) -> None:
    """Replace the answers of one step and raise the draft's version."""
    content = json.loads(draft.answers_json)
    draft.version += 1
    content.setdefault(_ANSWERS, {})[step.value] = dict(values)
    content.setdefault(_SAVED, {})[step.value] = draft.version
    draft.answers_json = json.dumps(content, ensure_ascii=False)
    draft.updated_at = at


def editable_steps(application: Application) -> frozenset[Step]:
    """Steps that may be changed now: all before filing, in a correction only those it lists."""
    if application.state in EDITABLE_STATES:
        return frozenset(ANSWERED)
    listed = _listed(application, CorrectionItemKind.ANSWER)
    return frozenset(step for step in ANSWERED if step.value in listed)


def editable_items(application: Application, all_items: frozenset[str]) -> frozenset[str]:
    """Evidence items that may be changed now, by the same rule."""
    if application.state in EDITABLE_STATES:
        return all_items
    return frozenset(_listed(application, CorrectionItemKind.EVIDENCE)) & all_items


def items_taking_files(application: Application, all_items: frozenset[str]) -> frozenset[str]:
    """Evidence items that take a further file: those that may be changed, and what was pledged."""
    found = editable_items(application, all_items)
    if application.state not in PLEDGE_RUNS_IN:
        return found
    return found | (pledged_codes(application) & all_items)


def _listed(application: Application, kind: CorrectionItemKind) -> list[str]:
    if application.state is not ApplicationState.CORRECTION_REQUESTED:
        return []
    notice = last_notice(application.id)
    return [row.code for row in item_rows(notice) if row.kind is kind] if notice else []
