"""An objection is decided by a person new to the case: upheld, the review starts again; else it goes on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.advance_clock import advance_clock
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.deciding import write_decision
from talentsvc.cards.models import Objection, PublicNotice
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, DecisionKind, DecisionOutcome
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db


def decide_objection(
    application_id: UUID,
    *,
    is_upheld: bool,
    reason: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Uphold or dismiss. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    outcome = DecisionOutcome.POSITIVE if is_upheld else DecisionOutcome.NEGATIVE
    decision = write_decision(
        case, DecisionKind.OBJECTION, outcome, actor=actor, at=at, reason=reason
    )
    action = CaseAction.UPHOLD_OBJECTION if is_upheld else CaseAction.DISMISS_OBJECTION
    move(case, action, actor=actor, actor_class=ActorClass.DECIDER, at=at, reason=reason)
    objection = _open_objection(application_id)
    objection.is_upheld = is_upheld
    objection.decided_by_person_id = decision.person_id
    objection.decided_at = at
    objection.reason = reason.strip()
    if is_upheld:
        _start_review_again(case, at)
    tell_applicant(
        case,
        messages.OBJECTION_DECIDED,
        at=at,
        version=str(objection.id),
        reason=reason.strip(),
        is_upheld="1" if is_upheld else "",
    )
    db.session.flush()
    # Dismissed after the notice has ended: nothing is left to wait for.
    advance_clock(case, at=at)
    return case


def _start_review_again(case: Case, at: datetime) -> None:
    """The next round has other eyes; who had a part before stays in `decision` and is refused there."""
    application = case.application
    application.recommender_person_id = None
    application.decider_person_id = None
    application.decided_at = None
    db.session.execute(
        update(PublicNotice)
        .where(PublicNotice.application_id == application.id, PublicNotice.taken_down_at.is_(None))
        .values(taken_down_at=at)
    )


def _open_objection(application_id: UUID) -> Objection:
    found = db.session.execute(
        select(Objection).where(
            Objection.application_id == application_id, Objection.decided_at.is_(None)
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFoundHere()
    return found
