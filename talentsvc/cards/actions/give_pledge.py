"""The applicant pledges in writing to hand a minor paper in later (容缺受理, facts.md 6.3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.save_step import own_case
from talentsvc.cards.drafting import editable_items
from talentsvc.cards.models import Pledge
from talentsvc.cards.pledging import note_pledge, open_pledge, pledgeable_item
from talentsvc.cards.terms import ActorClass, PledgeState
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere
from talentsvc.extensions.database import db


def give_pledge(
    application_id: UUID, item_code: str, *, words: str, actor: Actor, at: datetime
) -> Pledge:
    """Pledge a paper while the form, or this item in a correction, can be changed.

    Its time begins when the window receives the papers. Errors: NotFoundHere, NotAllowedNow,
    InvalidInput(item) for a paper that must be there or is pledged already, InvalidInput(words).
    """
    case = own_case(application_id, actor=actor, at=at)
    if item_code not in editable_items(case.application, frozenset({item_code})):
        raise NotAllowedNow(case.state, "give_pledge")
    pledgeable_item(case.application, item_code)
    if open_pledge(application_id, item_code) is not None:
        raise InvalidInput("item", "pledged_already", item=item_code)
    if not words.strip():
        raise InvalidInput("words", "required")
    if actor.account_id is None:
        raise NotFoundHere()
    pledge = Pledge(
        application_id=application_id,
        item_code=item_code,
        state=PledgeState.OPEN,
        given_at=at,
        given_by_account_id=actor.account_id,
    )
    pledge.words = words.strip()
    db.session.add(pledge)
    case.application.updated_at = at
    db.session.flush()
    note_pledge(
        case, pledge, "give_pledge", actor=actor, at=at, acting_as=ActorClass.APPLICANT.value
    )
    return pledge
