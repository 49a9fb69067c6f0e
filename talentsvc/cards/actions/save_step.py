"""Saving one step of the form, as typed: kept even when it is not right yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case
from talentsvc.cards.drafting import answers_of, draft_of, editable_steps, is_stale, write_step
from talentsvc.cards.models import Application, ApplicationDraft
from talentsvc.cards.rules.answers import Step
from talentsvc.cards.terms import EDITABLE_STATES
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere, StaleVersion
from talentsvc.extensions.database import db
from talentsvc.policy.queries import rules_of


def save_step(
    application_id: UUID,
    step: Step,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    expected_version: int | None,
) -> ApplicationDraft:
    """Store the answers of one step. `expected_version` is the draft's when the page was made, so that
    two devices cannot overwrite each other's answers of this step.

    Errors: NotFoundHere for somebody else's, NotAllowedNow for a step that cannot be changed in this
    state, StaleVersion when another device saved this step meanwhile, InvalidInput for another
    employer in a correction: that one has not endorsed anything.
    """
    case = own_case(application_id, actor=actor, at=at)
    if step not in editable_steps(case.application):
        raise NotAllowedNow(case.state, f"save {step}")
    _refuse_other_employer(case, step, values)
    draft = draft_of(case.application, lock=True)
    if answers_of(draft).get(step) == dict(values):
        return draft
    if expected_version is not None and is_stale(draft, step, expected_version):
        raise StaleVersion()
    write_step(draft, step, values, at=at)
    if step is Step.CATEGORY and case.state in EDITABLE_STATES:
        # A correction changes the case itself only when it is handed in.
        case.application.category_code = _known_category(case.application, values)
    case.application.updated_at = at
    db.session.flush()
    return draft


def own_case(
    application_id: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """One's own case, locked. Errors: NotFoundHere for anybody else's, StaleVersion."""
    case = open_case(application_id, at=at)
    if actor.account_id is None or case.application.account_id != actor.account_id:
        raise NotFoundHere()
    # Asked after whose it is: a version must not tell a stranger that the case exists.
    if expected_version is not None and case.application.version != expected_version:
        raise StaleVersion()
    return case


def _refuse_other_employer(case: Case, step: Step, values: Mapping[str, Any]) -> None:
    if step is not Step.WORK or case.state in EDITABLE_STATES:
        return
    if values.get("employer_id") != str(case.application.employer_id):
        raise InvalidInput("employer_id", "employer_fixed")


def _known_category(application: Application, values: Mapping[str, Any]) -> str | None:
    known = {
        category.code
        for category in rules_of(application.rule_set_id).tier(application.tier).categories
    }
    code = values.get("category_code")
    return code if code in known else None
