"""A clerk takes a written pledge in at the window, in place of an item on the one-time notice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.models import Pledge
from talentsvc.cards.parts import check_part
from talentsvc.cards.pledging import begin_pledge, note_pledge, open_pledge, pledgeable_item
from talentsvc.cards.terms import ActorClass, ApplicationState, CaseRole, PledgeState
from talentsvc.core.clock import local_date
from talentsvc.core.errors import FourEyesViolated, InvalidInput, NotAllowedNow
from talentsvc.extensions.database import db

#: While the window checks whether everything is there.
CHECKED_IN = frozenset({ApplicationState.RECEIVED, ApplicationState.RESUBMITTED})


def record_pledge(
    application_id: UUID,
    *,
    item_code: str,
    words: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Pledge:
    """Keep the pledge; its time runs from today, and the case can be accepted with it.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput(item, words).
    """
    case = open_case(application_id, at=at, expected_version=expected_version)
    if case.state not in CHECKED_IN:
        raise NotAllowedNow(case.state, "record_pledge")
    person_id = check_part(case, CaseRole.CLERK, actor)
    pledgeable_item(case.application, item_code)
    if open_pledge(application_id, item_code) is not None:
        raise InvalidInput("item", "pledged_already", item=item_code)
    if not words.strip():
        raise InvalidInput("words", "required")
    if actor.account_id is None:
        raise FourEyesViolated("no_person", role=CaseRole.CLERK.value)
    pledge = Pledge(
        application_id=application_id,
        item_code=item_code,
        state=PledgeState.OPEN,
        given_at=at,
        given_by_account_id=actor.account_id,
        taken_in_by_person_id=person_id,
    )
    pledge.words = words.strip()
    db.session.add(pledge)
    begin_pledge(case, pledge, received_on=local_date(at), at=at)
    case.application.updated_at = at
    db.session.flush()
    note_pledge(case, pledge, "record_pledge", actor=actor, at=at, acting_as=ActorClass.CLERK.value)
    return pledge
