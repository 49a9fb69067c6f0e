"""Reads of the staff home: my work, tasks, deliveries, the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from talentsvc.access.actor import Actor
from talentsvc.accounts.models import Account
from talentsvc.accounts.recipients import recipient_of
from talentsvc.audit.models import AuditEntry, AuditSeal, AuditStream
from talentsvc.cards.models import Application
from talentsvc.cards.queries.board import BoardRow
from talentsvc.cards.terms import ApplicationState
from talentsvc.core.paging import Key, PageOf, keyset
from talentsvc.employers.models import Employer
from talentsvc.extensions.database import db
from talentsvc.notices.models import Notice
from talentsvc.notices.terms import Channel, NoticeState
from talentsvc.people.models import Person
from talentsvc.tasks.models import Task
from talentsvc.tasks.terms import TaskState

PAGE_SIZE = 30
#: How many lines the home shows of each list; the rest is one click away.
HOME_LINES = 12
#: States of a message in which the desk says how many there are.
COUNTED_STATES = (
    NoticeState.QUEUED,
    NoticeState.LEASED,
    NoticeState.DEAD,
    NoticeState.UNSURE,
)

#: The states in which somebody with a permission has to act.
STATES_FOR = {
    "cases.take_in": (
        ApplicationState.RECEIVED,
        ApplicationState.RESUBMITTED,
        ApplicationState.ISSUED,
    ),
    "cases.recommend": (ApplicationState.ACCEPTED,),
    "cases.recognise": (ApplicationState.SPECIAL_RECOGNITION,),
    "cases.decide": (
        ApplicationState.RECOMMENDED,
        ApplicationState.OBJECTION_OPEN,
        ApplicationState.REVIEW_OPEN,
    ),
}


@dataclass(frozen=True)
class DueCounts:
    """How much is overdue, due today, and waiting in all, over the states somebody works on."""

    overdue: int
    today: int
    waiting: int


def states_for(actor: Actor) -> tuple[ApplicationState, ...]:
    """The states an officer's permissions are about."""
    return tuple(
        state
        for permission, states in STATES_FOR.items()
        if actor.may(permission)
        for state in states
    )


def due_counts(
    states: tuple[ApplicationState, ...], *, at: datetime, day_end: datetime
) -> DueCounts:
    """Counts over open cases in these states. One query over the board's index."""
    if not states:
        return DueCounts(0, 0, 0)
    row = db.session.execute(
        select(
            func.count(case((Application.due_at <= at, 1))),
            func.count(case(((Application.due_at > at) & (Application.due_at <= day_end), 1))),
            func.count(),
        ).where(Application.state.in_(states))
    ).one()
    return DueCounts(*row)


def work_of(
    states: tuple[ApplicationState, ...], *, mine: UUID | None, limit: int = HOME_LINES
) -> list[BoardRow]:
    """Cases to act on, nearest due date first; `mine` narrows to what is assigned to an account."""
    if not states:
        return []
    statement = (
        select(Application, Person.name, Employer.name)
        .outerjoin(Person, Person.id == Application.person_id)
        .outerjoin(Employer, Employer.id == Application.employer_id)
        .where(Application.state.in_(states))
        .order_by(Application.board_at, Application.id)
        .limit(limit)
    )
    if mine is not None:
        statement = statement.where(Application.assigned_to_account_id == mine)
    return [
        BoardRow(row[0], row[1] or "", row[2] or "", None) for row in db.session.execute(statement)
    ]


def open_tasks(roles: frozenset[str], cursor: str | None) -> PageOf[Any]:
    """Open tasks that the holders of these roles see, nearest due first."""
    statement = select(Task).where(Task.state == TaskState.OPEN, Task.owner_role.in_(roles))
    return keyset(db.session, statement, [Key(Task.due_at), Key(Task.id)], cursor, PAGE_SIZE)


def deliveries(state: NoticeState | None, cursor: str | None) -> PageOf[Any]:
    """Messages that leave the house, the newest first; never their content or address."""
    statement = select(Notice).where(Notice.channel != Channel.INBOX)
    if state is not None:
        statement = statement.where(Notice.state == state)
    keys = [Key(Notice.queued_at, descending=True), Key(Notice.id, descending=True)]
    return keyset(db.session, statement, keys, cursor, PAGE_SIZE)


def delivery_counts() -> dict[NoticeState, int]:
    """How many messages stand in each state that ends; the sent ones are too many to count."""
    rows = db.session.execute(
        select(Notice.state, func.count())
        .where(Notice.state.in_(COUNTED_STATES))
        .group_by(Notice.state)
    )
    return {state: count for state, count in rows}


def address_now(notice_id: UUID) -> str | None:
    """Where the account of a message is reached today over its channel; None when that is not known."""
    notice = db.session.get(Notice, notice_id)
    # The account may be gone: one that was never proved is forgotten.
    account = db.session.get(Account, notice.account_id) if notice and notice.account_id else None
    if notice is None or account is None:
        return None
    return recipient_of(account).address_for(notice.channel)


def record_page(cursor: str | None) -> PageOf[Any]:
    """Rows (AuditEntry, AuditStream, name of whoever acted or None), the newest first."""
    statement = (
        select(AuditEntry, AuditStream, Account.display_name)
        .join(AuditStream, AuditStream.id == AuditEntry.stream_id)
        .outerjoin(Account, Account.id == AuditEntry.actor_account_id)
    )
    keys = [Key(AuditEntry.at, descending=True), Key(AuditEntry.id, descending=True)]
    return keyset(db.session, statement, keys, cursor, PAGE_SIZE)


def last_seals(limit: int = 10) -> list[AuditSeal]:
    """The newest seals."""
    return list(
        db.session.execute(
            select(AuditSeal).order_by(AuditSeal.number.desc()).limit(limit)
        ).scalars()
    )
