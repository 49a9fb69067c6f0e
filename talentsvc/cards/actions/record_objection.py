"""Somebody objects to a public notice; the window takes it in and the issue waits."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.casework import Case, move
from talentsvc.cards.models import Objection, PublicNotice
from talentsvc.cards.parts import check_part
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import ActorClass, CaseAction, CaseRole
from talentsvc.core.errors import FourEyesViolated, InvalidInput
from talentsvc.extensions.database import db


def record_objection(
    application_id: UUID,
    *,
    objector: str,
    grounds: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Take an objection in. Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput."""
    if not objector.strip():
        raise InvalidInput("objector", "required")
    if not grounds.strip():
        raise InvalidInput("grounds", "required")
    case = open_case(application_id, at=at, expected_version=expected_version)
    check_part(case, CaseRole.CLERK, actor)
    if actor.account_id is None:
        raise FourEyesViolated("no_person")
    # The event's reason is on the applicant's timeline, so the grounds stay sealed in their own row.
    move(
        case,
        CaseAction.RECORD_OBJECTION,
        actor=actor,
        actor_class=ActorClass.CLERK,
        at=at,
        reason="objection received",
    )
    objection = Objection(
        application_id=application_id,
        notice_id=_current_notice_id(application_id),
        recorded_by_account_id=actor.account_id,
        received_at=at,
    )
    objection.objector = objector.strip()
    objection.grounds = grounds.strip()
    db.session.add(objection)
    tell_applicant(
        case,
        messages.OBJECTION_RECORDED,
        at=at,
        version=str(objection.id),
        due_on=str(case.application.due_on),
    )
    return case


def _current_notice_id(application_id: UUID) -> UUID:
    return db.session.execute(
        select(PublicNotice.id)
        .where(PublicNotice.application_id == application_id)
        .order_by(PublicNotice.published_at.desc())
        .limit(1)
    ).scalar_one()
