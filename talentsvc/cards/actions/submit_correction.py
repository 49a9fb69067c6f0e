"""The applicant answers a one-time notice; the window checks the listed items only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.correcting import item_rows, last_notice
from talentsvc.cards.drafting import answers_of, draft_of
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.freezing import freeze
from talentsvc.cards.models import CorrectionItem, Evidence
from talentsvc.cards.rules.answers import Step, changed_steps, gaps_in
from talentsvc.cards.rules.due_dates import filing_of
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CopyPurpose, CorrectionItemKind
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.extensions.database import db


def submit_correction(
    application_id: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """Hand a full correction in; it starts a new check of the listed items.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow (lapsed), InvalidInput naming what is unanswered.
    """
    case = own_case(application_id, actor=actor, at=at, expected_version=expected_version)
    notice = last_notice(application_id)
    if notice is None:
        raise NotFoundHere()
    answers = answers_of(draft_of(case.application, lock=True))
    if gaps_in(answers):
        raise InvalidInput(gaps_in(answers)[0].step.value, "answers_missing")
    changed = changed_steps(filed_answers(application_id), answers)
    for item in item_rows(notice):
        item.is_answered = _is_answered(item, application_id, changed, notice.created_at)
        if not item.is_answered:
            raise InvalidInput(item.code, "item_unanswered")
    filing = filing_of(at, case.limits, case.calendar)
    copy = freeze(case, answers, purpose=CopyPurpose.CORRECTED, at=at)
    move(
        case,
        CaseAction.SUBMIT_CORRECTION,
        actor=actor,
        actor_class=ActorClass.APPLICANT,
        at=at,
        effective_on=filing.received_on,
        data={
            "filed_on": filing.filed_on.isoformat(),
            "copy_sha256": copy.sha256.hex(),
            "number": notice.number,
        },
    )
    notice.answered_at = at
    tell_applicant(
        case,
        messages.RECEIVED,
        at=at,
        version=f"correction-{notice.number}",
        filed_on=filing.filed_on.isoformat(),
        received_on=filing.received_on.isoformat(),
        due_on=str(case.application.due_on),
    )
    return case


def _is_answered(
    item: CorrectionItem, application_id: UUID, changed: tuple[Step, ...], since: datetime
) -> bool:
    """A paper is answered by a file added since the notice, an answer by being changed."""
    if item.kind is CorrectionItemKind.ANSWER:
        return item.code in changed
    found = db.session.execute(
        select(Evidence.id)
        .where(
            Evidence.application_id == application_id,
            Evidence.item_code == item.code,
            Evidence.removed_at.is_(None),
            Evidence.added_at > since,
        )
        .limit(1)
    ).scalar_one_or_none()
    return found is not None
