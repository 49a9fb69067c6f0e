"""Saving one step of the form, as typed: kept even when it is not right yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case
from talentsvc.cards.drafting import answers_of, draft_of, editable_steps
from talentsvc.cards.models import ApplicationDraft
from talentsvc.cards.rules.answers import Step
from talentsvc.core.errors import NotAllowedNow, NotFoundHere, StaleVersion


def save_step(
    application_id: UUID,
    step: Step,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    expected_version: int | None,
) -> ApplicationDraft:
    """Store the answers of one step. `expected_version` is the draft's, so that two devices cannot
    overwrite each other.

    Errors: NotFoundHere for somebody else's, NotAllowedNow for a step that cannot be changed in this
    state, StaleVersion when another device saved meanwhile.
    """
    case = own_case(application_id, actor=actor, at=at)
    if step not in editable_steps(case.application):
        raise NotAllowedNow(case.state, f"save {step}")
    draft = draft_of(case.application, lock=True)
    if expected_version is not None and draft.version != expected_version:
        raise StaleVersion()
    answers = answers_of(draft)
    if answers.get(step) == dict(values):
        return draft
    answers[step] = dict(values)
    draft.answers_json = json.dumps(answers, ensure_ascii=False)
    draft.version += 1
    draft.updated_at = at
    if step is Step.CATEGORY:
        case.application.category_code = values.get("category_code") or None
    case.application.updated_at = at
    return draft


def own_case(
    application_id: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """One's own case, locked. Errors: NotFoundHere for anybody else's, StaleVersion."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    if case.application.account_id != actor.account_id:
        raise NotFoundHere()
    return case
