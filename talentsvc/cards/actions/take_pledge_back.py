"""The applicant takes a pledge back that does not run yet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.drafting import editable_items
from talentsvc.cards.models import Pledge
from talentsvc.cards.pledging import note_pledge, open_pledge
from talentsvc.cards.terms import ActorClass, PledgeState
from talentsvc.core.errors import NotAllowedNow, NotFoundHere
from talentsvc.extensions.database import db


def take_pledge_back(application_id: UUID, item_code: str, *, actor: Actor, at: datetime) -> Pledge:
    """Take it back. Errors: NotFoundHere, NotAllowedNow once the window has it."""
    case = own_case(application_id, actor=actor, at=at)
    if item_code not in editable_items(case.application, frozenset({item_code})):
        raise NotAllowedNow(case.state, "take_pledge_back")
    pledge = open_pledge(application_id, item_code)
    if pledge is None:
        raise NotFoundHere()
    if pledge.due_on is not None:
        raise NotAllowedNow(case.state, "take_pledge_back")
    pledge.state = PledgeState.TAKEN_BACK
    case.application.updated_at = at
    db.session.flush()
    note_pledge(
        case, pledge, "take_pledge_back", actor=actor, at=at, acting_as=ActorClass.APPLICANT.value
    )
    return pledge
