"""What time does to pledges: a reminder before the day, and a task for the window once it has passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import CLOCK
from talentsvc.access.roles import Role
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards import messages
from talentsvc.cards.casework import Case, lock_case
from talentsvc.cards.models import Application, Pledge
from talentsvc.cards.pledging import note_pledge, paper_name
from talentsvc.cards.rules.pledges import pledge_reminder_due, pledge_standing
from talentsvc.cards.telling import tell_applicant
from talentsvc.cards.terms import PLEDGE_RUNS_IN, ActorClass, PledgeStanding, PledgeState
from talentsvc.core.clock import end_of_day, local_date
from talentsvc.extensions.database import db
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind

#: No rule set recalls a paper earlier than this; it only bounds what is looked at.
LOOKED_AHEAD = timedelta(days=366)


def pledges_past_their_day(at: datetime, limit: int) -> list[UUID]:
    """Pledges whose day has passed unfulfilled and is not written down, the longest overdue first."""
    statement = (
        select(Pledge.id)
        .join(Application, Application.id == Pledge.application_id)
        .where(
            Pledge.state == PledgeState.OPEN,
            Pledge.due_on < local_date(at),
            Pledge.overdue_at.is_(None),
            Application.state.in_(PLEDGE_RUNS_IN),
        )
        .order_by(Pledge.due_on, Pledge.id)
        .limit(limit)
    )
    return list(db.session.execute(statement).scalars())


def pledges_to_remind(at: datetime, after: UUID | None, limit: int) -> list[UUID]:
    """Open pledges whose day is still to come, in the order of their ids; walk on with `after`."""
    today = local_date(at)
    statement = (
        select(Pledge.id)
        .join(Application, Application.id == Pledge.application_id)
        .where(
            Pledge.state == PledgeState.OPEN,
            Pledge.due_on.between(today, today + LOOKED_AHEAD),
            Application.state.in_(PLEDGE_RUNS_IN),
        )
        .order_by(Pledge.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(Pledge.id > after)
    return list(db.session.execute(statement).scalars())


def note_overdue_pledge(pledge_id: UUID, *, at: datetime) -> bool:
    """Write down, dated when it fell due, that a pledge is overdue, and put it before the window.

    One unit of work. False when there is nothing to write any more.
    """
    case, pledge = _locked(pledge_id)
    due_on = pledge.due_on
    is_over = pledge_standing(pledge.state, due_on, at) is PledgeStanding.OVERDUE
    if not is_over or due_on is None or pledge.overdue_at is not None:
        return False
    pledge.overdue_at = end_of_day(due_on)
    open_task(
        TaskKind.PLEDGE_OVERDUE,
        owner=Role.CLERK,
        subject_kind=SubjectKind.APPLICATION.value,
        subject_id=case.application.id,
        at=at,
        params={"reference": case.application.reference, "item": pledge.item_code},
        dedupe_key=f"{TaskKind.PLEDGE_OVERDUE.value}:{pledge.id}",
    )
    note_pledge(
        case,
        pledge,
        "pledge_overdue",
        actor=CLOCK,
        at=pledge.overdue_at,
        acting_as=ActorClass.CLOCK.value,
    )
    tell_applicant(
        case,
        messages.PLEDGE_OVERDUE,
        at=at,
        version=str(pledge.id),
        due_on=due_on.isoformat(),
        paper=paper_name(case.application, pledge.item_code),
    )
    return True


def remind_of_pledge(pledge_id: UUID, *, at: datetime) -> bool:
    """Recall a pledged paper that is due soon; one unit of work. Tells whether a reminder was due."""
    case, pledge = _locked(pledge_id)
    is_running = pledge_standing(pledge.state, pledge.due_on, at) is PledgeStanding.RUNNING
    if not is_running or pledge.due_on is None or pledge.begun_at is None:
        return False
    days = pledge_reminder_due(pledge.begun_at, pledge.due_on, case.limits, at)
    if days is None:
        return False
    tell_applicant(
        case,
        messages.PLEDGE_REMINDER,
        at=at,
        version=f"{pledge.id}:t-{days}",
        due_on=pledge.due_on.isoformat(),
        paper=paper_name(case.application, pledge.item_code),
    )
    return True


def _locked(pledge_id: UUID) -> tuple[Case, Pledge]:
    """A pledge under the lock of its case, read after it."""
    application_id = db.session.execute(
        select(Pledge.application_id).where(Pledge.id == pledge_id)
    ).scalar_one()
    case = lock_case(application_id)
    pledge = db.session.get_one(Pledge, pledge_id, populate_existing=True)
    return case, pledge
