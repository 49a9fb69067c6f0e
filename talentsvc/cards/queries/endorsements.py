"""Questions to employers: what waits for an answer, and what was answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from talentsvc.accounts.models import Account
from talentsvc.cards.models import Application, ApplicationCopy, Endorsement, InPersonCheck
from talentsvc.cards.terms import EndorsementOutcome
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import db
from talentsvc.people.models import Person

PAGE_SIZE = 25
#: More waiting than this is shown page by page nowhere: an agent works them off from the top.
MOST_WAITING = 200


@dataclass(frozen=True)
class EndorsementRow:
    """One question with the case it is about."""

    endorsement: Endorsement
    application: Application
    applicant_name: str
    employer: Employer


def endorsements_waiting(employer_ids: Collection[UUID]) -> list[EndorsementRow]:
    """Open questions to these employers, the nearest due date first. One query."""
    statement = (
        _rows(employer_ids)
        .where(Endorsement.outcome == EndorsementOutcome.WAITING)
        .order_by(Application.due_at, Endorsement.id)
        .limit(MOST_WAITING)
    )
    return [EndorsementRow(*row) for row in db.session.execute(statement)]


def endorsements_answered(employer_ids: Collection[UUID], cursor: str | None) -> PageOf[Any]:
    """Questions that are no longer open, the newest first. One query."""
    statement = _rows(employer_ids).where(Endorsement.outcome != EndorsementOutcome.WAITING)
    order = (Key(Endorsement.asked_at, descending=True), Key(Endorsement.id, descending=True))
    page = keyset(db.session, statement, order, cursor, PAGE_SIZE)
    return PageOf(
        tuple(EndorsementRow(*row) for row in page.items), page.next_cursor, page.previous_cursor
    )


def endorsement_for(endorsement_id: UUID, employer_ids: Collection[UUID]) -> EndorsementRow:
    """One question to one of these employers. Errors: NotFoundHere for any other one."""
    statement = _rows(employer_ids).where(Endorsement.id == endorsement_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFoundHere()
    return EndorsementRow(*row)


def check_of(endorsement_id: UUID) -> InPersonCheck | None:
    """The check in person that answered a question, None where an agent did."""
    return db.session.execute(
        select(InPersonCheck).where(InPersonCheck.endorsement_id == endorsement_id)
    ).scalar_one_or_none()


def checks_of(application_id: UUID) -> list[tuple[InPersonCheck, EndorsementOutcome, str]]:
    """Every check in person of a case with its outcome and the clerk's name, oldest first."""
    rows = db.session.execute(
        select(InPersonCheck, Endorsement.outcome, Account.display_name)
        .join(Endorsement, Endorsement.id == InPersonCheck.endorsement_id)
        .join(Account, Account.id == InPersonCheck.clerk_account_id)
        .where(Endorsement.application_id == application_id)
        .order_by(InPersonCheck.checked_at)
    )
    return [(check, outcome, name) for check, outcome, name in rows]


def copy_asked_about(endorsement: Endorsement) -> ApplicationCopy:
    """The frozen copy that the question is about."""
    copy = db.session.get(ApplicationCopy, endorsement.copy_id)
    if copy is None:
        raise NotFoundHere()
    return copy


def _rows(employer_ids: Collection[UUID]) -> Select[Endorsement, Application, str, Employer]:
    return (
        select(Endorsement, Application, Person.name, Employer)
        .join(Application, Application.id == Endorsement.application_id)
        .join(Person, Person.id == Application.person_id)
        .join(Employer, Employer.id == Endorsement.employer_id)
        .where(Endorsement.employer_id.in_(employer_ids))
    )
