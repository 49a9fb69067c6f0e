"""Everything the page of one case shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from talentsvc.accounts.models import Account
from talentsvc.cards.casework import lock_application
from talentsvc.cards.models import (
    Application,
    Card,
    CaseEvent,
    CaseNote,
    CorrectionItem,
    CorrectionNotice,
    Decision,
    Objection,
    PublicNotice,
)
from talentsvc.cards.rules.transitions import OPEN_STATES
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import db
from talentsvc.people.models import IdentityDocument, Person

PAGE_SIZE = 20


@dataclass(frozen=True)
class CaseHead:
    """A case with whoever it is about."""

    application: Application
    person: Person | None
    document: IdentityDocument | None
    employer: Employer | None
    officer: Account | None


def case_head(application_id: UUID) -> CaseHead:
    """A case for the desk; drafts are nobody's business but the applicant's. Errors: NotFoundHere."""
    row = db.session.execute(
        select(Application, Person, IdentityDocument, Employer, Account)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(
            IdentityDocument,
            (IdentityDocument.person_id == Application.person_id)
            & IdentityDocument.is_primary.is_(True),
        )
        .outerjoin(Employer, Employer.id == Application.employer_id)
        .outerjoin(Account, Account.id == Application.assigned_to_account_id)
        .where(Application.id == application_id, Application.filed_at.is_not(None))
    ).one_or_none()
    if row is None:
        raise NotFoundHere()
    return CaseHead(*row)


def own_application(
    application_id: UUID, account_id: UUID | None, *, lock: bool = False
) -> Application:
    """One's own case. Errors: NotFoundHere for anybody else's.

    A form that will change it locks it with this first look, and is spared a second one.
    """
    if lock:
        application: Application | None = lock_application(application_id)
    else:
        application = db.session.get(Application, application_id)
    if application is None or account_id is None or application.account_id != account_id:
        raise NotFoundHere()
    return application


def applications_page(account_id: UUID, cursor: str | None) -> PageOf[Application]:
    """One page of one's own cases, the newest first. One query."""
    statement = select(Application).where(Application.account_id == account_id)
    order = (Key(Application.created_at, descending=True), Key(Application.id, descending=True))
    return keyset(db.session, statement, order, cursor, PAGE_SIZE)


def open_applications_of(account_id: UUID) -> list[Application]:
    """One's own cases that nothing written down has ended, the newest first; time alone may have.

    Somebody has one, seldom a second, so that a few tell whether any is open.
    """
    statement = (
        select(Application)
        .where(Application.account_id == account_id, Application.state.in_(OPEN_STATES))
        .order_by(Application.created_at.desc(), Application.id.desc())
        .limit(PAGE_SIZE)
    )
    return list(db.session.execute(statement).scalars())


def events_of(application_id: UUID) -> list[CaseEvent]:
    """The steps of a case, oldest first."""
    statement = (
        select(CaseEvent)
        .where(CaseEvent.application_id == application_id)
        .order_by(CaseEvent.sequence)
    )
    return list(db.session.execute(statement).scalars())


def notes_of(application_id: UUID) -> list[tuple[CaseNote, str]]:
    """Internal notes with their authors' names, the newest first."""
    rows = db.session.execute(
        select(CaseNote, Account.display_name)
        .join(Account, Account.id == CaseNote.author_account_id)
        .where(CaseNote.application_id == application_id)
        .order_by(CaseNote.created_at.desc())
    )
    return [(note, name) for note, name in rows]


def decisions_of(application_id: UUID) -> list[tuple[Decision, str]]:
    """Decisions of every kind with the deciders' names, oldest first."""
    rows = db.session.execute(
        select(Decision, Account.display_name)
        .join(Account, Account.id == Decision.account_id)
        .where(Decision.application_id == application_id)
        .order_by(Decision.decided_at, Decision.id)
    )
    return [(decision, name) for decision, name in rows]


def notices_with_items(application_id: UUID) -> list[tuple[CorrectionNotice, list[CorrectionItem]]]:
    """One-time notices with their items, oldest first. Two queries."""
    notices = list(
        db.session.execute(
            select(CorrectionNotice)
            .where(CorrectionNotice.application_id == application_id)
            .order_by(CorrectionNotice.number)
        ).scalars()
    )
    items: dict[UUID, list[CorrectionItem]] = {notice.id: [] for notice in notices}
    if items:
        rows = db.session.execute(
            select(CorrectionItem)
            .where(CorrectionItem.notice_id.in_(items))
            .order_by(CorrectionItem.position)
        ).scalars()
        for row in rows:
            items[row.notice_id].append(row)
    return [(notice, items[notice.id]) for notice in notices]


def open_objection(application_id: UUID) -> Objection | None:
    """The objection that is not decided yet."""
    return db.session.execute(
        select(Objection).where(
            Objection.application_id == application_id, Objection.decided_at.is_(None)
        )
    ).scalar_one_or_none()


def public_notice_of(application_id: UUID) -> PublicNotice | None:
    """The newest public notice of a case."""
    return db.session.execute(
        select(PublicNotice)
        .where(PublicNotice.application_id == application_id)
        .order_by(PublicNotice.published_at.desc())
        .limit(1)
    ).scalar_one_or_none()


def cards_of_application(application_id: UUID) -> list[Card]:
    """Cards that came from a case, the newest first."""
    statement = (
        select(Card)
        .where(Card.application_id == application_id)
        .order_by(Card.issued_at.desc(), Card.id.desc())
    )
    return list(db.session.execute(statement).scalars())
