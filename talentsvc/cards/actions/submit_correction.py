"""The applicant answers a one-time notice; the window checks the listed items only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.applicant import record_applicant
from talentsvc.cards.casework import Case, move
from talentsvc.cards.correcting import answered_items, item_rows, last_notice
from talentsvc.cards.drafting import answers_of, draft_of, editable_steps
from talentsvc.cards.evidencing import files_of
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.freezing import freeze
from talentsvc.cards.models import CorrectionNotice
from talentsvc.cards.pledging import begin_pledges
from talentsvc.cards.rules.answer_checks import problems_of
from talentsvc.cards.rules.answers import Answers, Step, changed_steps, to_file
from talentsvc.cards.rules.due_dates import filing_of
from talentsvc.cards.rules.transitions import next_state
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CopyPurpose
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput, NotFoundHere


def submit_correction(
    application_id: UUID, *, actor: Actor, at: datetime, expected_version: int | None = None
) -> Case:
    """Hand a full correction in; it starts a new check of the listed items.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow (lapsed, or nothing is asked for); InvalidInput
    naming a listed step with a wrong value or the code of an item without an answer, before anything
    is written.
    """
    case = own_case(application_id, actor=actor, at=at, expected_version=expected_version)
    next_state(case.state, CaseAction.SUBMIT_CORRECTION, actor=ActorClass.APPLICANT)
    notice = last_notice(application_id)
    if notice is None:
        raise NotFoundHere()
    answers = to_file(answers_of(draft_of(case.application, lock=True)))
    changed = changed_steps(to_file(filed_answers(application_id)), answers)
    _check_answers(case, answers, at)
    _check_items(notice, changed)
    _write(case, answers, changed, actor=actor, at=at)
    _hand_in(case, notice, answers, actor=actor, at=at)
    return case


def _check_answers(case: Case, answers: Answers, at: datetime) -> None:
    """Only what the notice lists can be changed, so only that is checked."""
    for step in sorted(editable_steps(case.application)):
        problems = problems_of(step, answers.get(step, {}), local_date(at))
        if problems:
            names = ", ".join(problem.field for problem in problems)
            raise InvalidInput(step.value, "answers_incomplete", fields=names)


def _check_items(notice: CorrectionNotice, changed: tuple[Step, ...]) -> None:
    items = item_rows(notice)
    answered = answered_items(notice, items, changed)
    for item in items:
        if item.id not in answered:
            raise InvalidInput(item.code, "item_unanswered")


def _write(
    case: Case,
    answers: dict[str, dict[str, Any]],
    changed: tuple[Step, ...],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """What the case itself holds of the answers follows them; the employer is fixed meanwhile."""
    application = case.application
    if answers[Step.WORK].get("employer_id") != str(application.employer_id):
        raise InvalidInput(Step.WORK.value, "employer_fixed")
    if Step.IDENTITY in changed:
        application.person_id = record_applicant(answers[Step.IDENTITY], actor=actor, at=at).id
    application.category_code = answers[Step.CATEGORY]["category_code"]
    application.using_unit = answers[Step.WORK].get("using_unit") or None


def _hand_in(
    case: Case,
    notice: CorrectionNotice,
    answers: dict[str, dict[str, Any]],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    filing = filing_of(at, case.limits, case.calendar)
    files = files_of(case.application.id)
    copy = freeze(case, answers, files, purpose=CopyPurpose.CORRECTED, at=at)
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
    begin_pledges(case, received_on=filing.received_on, at=at)
    for item in item_rows(notice):
        item.is_answered = True
    tell_applicant(
        case,
        messages.RECEIVED,
        at=at,
        version=f"correction-{notice.number}",
        filed_on=filing.filed_on.isoformat(),
        received_on=filing.received_on.isoformat(),
        due_on=str(case.application.due_on),
    )
