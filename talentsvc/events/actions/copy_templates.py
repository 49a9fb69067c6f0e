"""A draft is filled in from what the company keeps: copies, so that a template may change or go (facts.md 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.events.models import FairRegistration, NoticeTemplate, PositionTemplate
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registration_work import (
    add_positions,
    open_registration,
    positions_of,
    take_step,
)
from talentsvc.events.rules.registering import PositionDetails
from talentsvc.events.terms.registration import RegistrationStep
from talentsvc.extensions.database import db

_NAMES = tuple(PositionDetails.__slots__)


def copy_templates(
    registration_id: UUID,
    *,
    notice_id: UUID | None,
    position_ids: Sequence[UUID],
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> FairRegistration:
    """Copy a notice over the company's words, and positions behind those that are there.

    Errors: NotFoundHere for another company's registration or template, StaleVersion, NotAllowedNow
    once it is filed, InvalidInput for more positions than the event takes.
    """
    event, session, registration = open_registration(
        registration_id,
        at=at,
        expected_version=expected_version,
        employer_ids=actor.employer_ids,
    )
    take_step(session, registration, RegistrationStep.EDIT, actor=actor, at=at)
    if notice_id is not None:
        _copy_notice(registration, notice_id)
    copies = _positions(registration.employer_id, position_ids)
    most = event_terms(event).most_positions
    if len(positions_of(registration_id)) + len(copies) > most:
        raise InvalidInput("positions", "too_many", most=most)
    add_positions(registration_id, copies)
    return registration


def _copy_notice(registration: FairRegistration, notice_id: UUID) -> None:
    notice = db.session.get(NoticeTemplate, notice_id)
    if notice is None or notice.employer_id != registration.employer_id:
        raise NotFoundHere()
    registration.about = notice.about
    registration.contact_name = notice.contact_name or registration.contact_name


def _positions(employer_id: UUID, position_ids: Sequence[UUID]) -> list[PositionDetails]:
    """The chosen templates in the order chosen. Errors: NotFoundHere for another company's."""
    wanted = list(dict.fromkeys(position_ids))
    if not wanted:
        return []
    rows = db.session.execute(
        select(PositionTemplate).where(
            PositionTemplate.id.in_(wanted), PositionTemplate.employer_id == employer_id
        )
    ).scalars()
    found = {row.id: row for row in rows}
    if len(found) != len(wanted):
        raise NotFoundHere()
    return [
        PositionDetails(**{name: getattr(found[one], name) for name in _NAMES}) for one in wanted
    ]
