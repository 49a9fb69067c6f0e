"""The draft of a case: its answers, and what may be changed in the state the case is in."""

from __future__ import annotations

import json
from typing import Any, cast

from sqlalchemy import select

from talentsvc.cards.correcting import item_rows, last_notice
from talentsvc.cards.models import Application, ApplicationDraft
from talentsvc.cards.rules.answers import ANSWERED, Step
from talentsvc.cards.terms import EDITABLE_STATES, ApplicationState, CorrectionItemKind
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db


def draft_of(application: Application, *, lock: bool = False) -> ApplicationDraft:
    """The draft of a case. Errors: NotFoundHere."""
    statement = select(ApplicationDraft).where(ApplicationDraft.id == application.id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    draft = db.session.execute(statement).scalar_one_or_none()
    if draft is None:
        raise NotFoundHere()
    return draft


def answers_of(draft: ApplicationDraft) -> dict[str, Any]:
    """What has been filled in so far: step → field → value."""
    return cast(dict[str, Any], json.loads(draft.answers_json))


def editable_steps(application: Application) -> frozenset[Step]:
    """Steps that may be changed now: all before filing, in a correction only those it lists."""
    if application.state in EDITABLE_STATES:
        return frozenset(ANSWERED)
    return frozenset(Step(code) for code in _listed(application, CorrectionItemKind.ANSWER))


def editable_items(application: Application, all_items: frozenset[str]) -> frozenset[str]:
    """Evidence items that may be changed now, by the same rule."""
    if application.state in EDITABLE_STATES:
        return all_items
    return frozenset(_listed(application, CorrectionItemKind.EVIDENCE)) & all_items


def _listed(application: Application, kind: CorrectionItemKind) -> list[str]:
    if application.state is not ApplicationState.CORRECTION_REQUESTED:
        return []
    notice = last_notice(application.id)
    return [row.code for row in item_rows(notice) if row.kind is kind] if notice else []
