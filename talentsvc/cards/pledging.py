"""The pledges of a case: which papers may be pledged, which are, and what follows from them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards import messages
from talentsvc.cards.casework import Case
from talentsvc.cards.evidencing import category_of, pledged_codes
from talentsvc.cards.models import Application, Pledge
from talentsvc.cards.rules.pledges import pledge_due_on, pledge_standing
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import PledgeStanding, PledgeState
from talentsvc.core.errors import InvalidInput, NotFoundHere
from talentsvc.extensions.database import db
from talentsvc.policy.rules.shapes import EvidenceItem


def pledgeable_item(application: Application, item_code: str) -> EvidenceItem:
    """An item of the category that may be pledged.

    Errors: NotFoundHere for a paper nobody asks for, InvalidInput(item) for one that must be there.
    """
    category = category_of(application)
    for item in category.evidence if category else ():
        if item.code == item_code:
            if not item.may_be_pledged:
                raise InvalidInput("item", "never_pledged", item=item_code)
            return item
    raise NotFoundHere()


def pledges_of(application_id: UUID) -> list[Pledge]:
    """Every pledge of a case that was not taken back, oldest first."""
    statement = (
        select(Pledge)
        .where(Pledge.application_id == application_id, Pledge.state != PledgeState.TAKEN_BACK)
        .order_by(Pledge.given_at, Pledge.id)
    )
    return list(db.session.execute(statement).scalars())


def open_pledge(application_id: UUID, item_code: str) -> Pledge | None:
    """The open pledge for an item, if there is one."""
    return db.session.execute(
        select(Pledge).where(
            Pledge.application_id == application_id,
            Pledge.item_code == item_code,
            Pledge.state == PledgeState.OPEN,
        )
    ).scalar_one_or_none()


def paper_name(application: Application, item_code: str) -> str:
    """The paper's name in both languages: a message is written before its reader's is chosen."""
    category = category_of(application)
    for item in category.evidence if category else ():
        if item.code == item_code:
            return f"{item.text_zh} / {item.text_en}"
    return item_code


def begin_pledges(case: Case, *, received_on: date, at: datetime) -> None:
    """The window has received the papers: every pledge given with them begins to run."""
    asked = pledged_codes(case.application)
    for pledge in pledges_of(case.application.id):
        if pledge.state is not PledgeState.OPEN or pledge.due_on is not None:
            continue
        if pledge.item_code not in asked:
            # Given under another category, or under rules that let it be pledged.
            pledge.state = PledgeState.TAKEN_BACK
            continue
        begin_pledge(case, pledge, received_on=received_on, at=at)


def begin_pledge(case: Case, pledge: Pledge, *, received_on: date, at: datetime) -> None:
    """Let one pledge run, and tell the applicant until when."""
    pledge.begun_at = at
    pledge.due_on = pledge_due_on(received_on, case.limits)
    tell_applicant(
        case,
        messages.PLEDGE_BEGUN,
        at=at,
        version=str(pledge.id),
        due_on=pledge.due_on.isoformat(),
        paper=paper_name(case.application, pledge.item_code),
    )


def drop_unbegun(application: Application, item_code: str) -> None:
    """The paper is there after all: a pledge that does not run yet is not needed."""
    pledge = open_pledge(application.id, item_code)
    if pledge is not None and pledge.due_on is None:
        pledge.state = PledgeState.TAKEN_BACK
        db.session.flush()


def check_pledges(case: Case, *, at: datetime) -> None:
    """Refuse an approval while a pledged paper is overdue. Errors: InvalidInput(decision)."""
    overdue = [
        pledge.item_code
        for pledge in pledges_of(case.application.id)
        if pledge_standing(pledge.state, pledge.due_on, at) is PledgeStanding.OVERDUE
    ]
    if overdue:
        raise InvalidInput("decision", "pledge_overdue", items=", ".join(overdue))


def note_pledge(
    case: Case, pledge: Pledge, action: str, *, actor: Actor, at: datetime, acting_as: str
) -> None:
    """Write into the case's record what happened with a pledge."""
    record(
        SubjectKind.APPLICATION,
        case.application.id,
        action,
        actor=actor,
        at=at,
        after={"item": pledge.item_code, "due_on": pledge.due_on},
        acting_as=acting_as,
    )
