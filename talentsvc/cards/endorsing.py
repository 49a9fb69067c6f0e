"""The endorsement that is waited for, and both ways of answering it: an agent's and a clerk's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.cards.casework import Case, move
from talentsvc.cards.filing import filed_answers
from talentsvc.cards.models import Application, ApplicationCopy, Endorsement
from talentsvc.cards.pledging import begin_pledges
from talentsvc.cards.rules.due_dates import Filing, filing_of
from talentsvc.cards.rules.in_person import in_person_cause
from talentsvc.cards.terms import ActorClass, CaseAction, EndorsementOutcome, InPersonCause
from talentsvc.core.errors import NotFoundHere, StaleVersion
from talentsvc.employers.queries import agent_person_ids, is_founder
from talentsvc.extensions.database import db


def waiting_endorsement(application: Application) -> Endorsement:
    """The open question to the employer. Errors: NotFoundHere when none is open."""
    found = db.session.execute(
        select(Endorsement).where(
            Endorsement.application_id == application.id,
            Endorsement.outcome == EndorsementOutcome.WAITING,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundHere()
    return found


def cause_to_check(application: Application) -> InPersonCause | None:
    """Why a clerk may check this applicant in person, None where an agent has to answer."""
    if application.person_id is None or application.employer_id is None:
        return None
    work = filed_answers(application.id).get("work", {})
    return in_person_cause(
        application.person_id,
        says_founder=bool(work.get("is_founder")),
        is_authorised_founder=is_founder(application.person_id, application.employer_id),
        agent_ids=agent_person_ids(application.employer_id),
    )


def check_copy(endorsement: Endorsement, copy_sha256: bytes) -> None:
    """Make sure the copy that was shown is the one asked about. Errors: StaleVersion."""
    copy = db.session.get(ApplicationCopy, endorsement.copy_id)
    if copy is None or copy.sha256 != copy_sha256:
        raise StaleVersion()


def confirm(
    case: Case,
    *,
    person_id: UUID,
    copy_sha256: bytes,
    actor: Actor,
    actor_class: ActorClass,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> tuple[Endorsement, Filing]:
    """Confirm one copy; the window has received the case.

    Received on a free day, it counts from the next working day on; the receipt shows both days.
    Errors: NotAllowedNow, StaleVersion when the copy is no longer the one asked about.
    """
    filing = filing_of(at, case.limits, case.calendar)
    move(
        case,
        CaseAction.ENDORSE,
        actor=actor,
        actor_class=actor_class,
        at=at,
        reason=reason,
        effective_on=filing.received_on,
        data={
            "filed_on": filing.filed_on.isoformat(),
            "copy_sha256": copy_sha256.hex(),
            **(data or {}),
        },
    )
    endorsement = waiting_endorsement(case.application)
    check_copy(endorsement, copy_sha256)
    _answer(endorsement, EndorsementOutcome.ENDORSED, person_id, at)
    case.application.endorser_person_id = person_id
    case.application.received_on = filing.received_on
    begin_pledges(case, received_on=filing.received_on, at=at)
    return endorsement, filing


def decline(
    case: Case,
    *,
    person_id: UUID,
    reason: str,
    actor: Actor,
    actor_class: ActorClass,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Endorsement:
    """Do not confirm; the applicant may mend and ask again. Errors: NotAllowedNow, InvalidInput(reason)."""
    move(
        case,
        CaseAction.DECLINE_ENDORSEMENT,
        actor=actor,
        actor_class=actor_class,
        at=at,
        reason=reason,
        data=data,
    )
    endorsement = waiting_endorsement(case.application)
    _answer(endorsement, EndorsementOutcome.DECLINED, person_id, at)
    endorsement.reason = reason.strip()
    return endorsement


def _answer(
    endorsement: Endorsement, outcome: EndorsementOutcome, person_id: UUID, at: datetime
) -> None:
    endorsement.outcome = outcome
    endorsement.agent_person_id = person_id
    endorsement.answered_at = at
