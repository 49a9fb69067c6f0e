"""The pledged paper is there: a clerk has seen it, and nothing is owed any more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.cards import messages
from talentsvc.cards.actions.open_case import open_case
from talentsvc.cards.models import Pledge
from talentsvc.cards.parts import check_part
from talentsvc.cards.pledging import note_pledge, paper_name
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import PLEDGE_RUNS_IN, ActorClass, CaseRole, PledgeState
from talentsvc.core.errors import InvalidInput, NotAllowedNow, NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.tasks.actions.settle_causes import settle_causes
from talentsvc.tasks.terms import Settlement, TaskKind


def fulfil_pledge(
    application_id: UUID,
    pledge_id: UUID,
    *,
    note: str,
    actor: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Pledge:
    """Mark a pledge fulfilled, also after its day; its task is settled with it.

    Errors: NotFoundHere, StaleVersion, NotAllowedNow, FourEyesViolated, InvalidInput(note).
    """
    case = open_case(application_id, at=at, expected_version=expected_version)
    pledge = db.session.get(Pledge, pledge_id)
    if pledge is None or pledge.application_id != application_id:
        raise NotFoundHere()
    if (
        case.state not in PLEDGE_RUNS_IN
        or pledge.state is not PledgeState.OPEN
        or pledge.due_on is None
    ):
        raise NotAllowedNow(case.state, "fulfil_pledge")
    person_id = check_part(case, CaseRole.CLERK, actor)
    if not note.strip():
        raise InvalidInput("note", "required")
    pledge.state = PledgeState.FULFILLED
    pledge.fulfilled_at = at
    pledge.fulfilled_by_person_id = person_id
    pledge.fulfilled_note = note.strip()
    case.application.updated_at = at
    db.session.flush()
    settle_causes(
        f"{TaskKind.PLEDGE_OVERDUE.value}:{pledge.id}",
        settlement=Settlement.NO_LONGER_NEEDED,
        actor=actor,
        at=at,
    )
    note_pledge(case, pledge, "fulfil_pledge", actor=actor, at=at, acting_as=ActorClass.CLERK.value)
    tell_applicant(
        case,
        messages.PLEDGE_FULFILLED,
        at=at,
        version=str(pledge.id),
        paper=paper_name(case.application, pledge.item_code),
    )
    return pledge
