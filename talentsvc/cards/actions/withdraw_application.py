"""The applicant withdraws; possible from every open state, without giving a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.models import Endorsement, PublicNotice
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, EndorsementOutcome
from talentsvc.core.errors import NotFoundHere
from talentsvc.extensions.database import db


def withdraw_application(
    application_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> Case:
    """Withdraw one's own case. Errors: NotFoundHere for somebody else's, StaleVersion, NotAllowedNow."""
    case = open_case(application_id, at=at, expected_version=expected_version)
    if case.application.account_id != actor.account_id:
        raise NotFoundHere()
    move(
        case,
        CaseAction.WITHDRAW,
        actor=actor,
        actor_class=ActorClass.APPLICANT,
        at=at,
        reason=reason or None,
    )
    db.session.execute(
        update(PublicNotice)
        .where(PublicNotice.application_id == application_id, PublicNotice.taken_down_at.is_(None))
        .values(taken_down_at=at)
    )
    for endorsement in db.session.execute(
        select(Endorsement).where(
            Endorsement.application_id == application_id,
            Endorsement.outcome == EndorsementOutcome.WAITING,
        )
    ).scalars():
        endorsement.outcome = EndorsementOutcome.OVERTAKEN
        endorsement.answered_at = at
    tell_applicant(case, messages.WITHDRAWN, at=at)
    return case
