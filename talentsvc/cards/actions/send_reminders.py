"""Reminders of a case, chosen by age and sent once by their key (guarantees.md G5)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.cards import messages
from talentsvc.cards.casework import lock_case
from talentsvc.cards.models import Application
from talentsvc.cards.rules.reminders import reminders_due
from talentsvc.cards.telling import tell_agents, tell_applicant
from talentsvc.cards.terms import ApplicationState, DeadlineKind
from talentsvc.employers.queries import employer_name
from talentsvc.extensions.database import db

#: States in which somebody outside the office is waited for.
REMINDED_STATES = (ApplicationState.AWAITING_ENDORSEMENT, ApplicationState.CORRECTION_REQUESTED)


def cases_to_remind(after: UUID | None, limit: int) -> list[UUID]:
    """Cases in which somebody is waited for, in the order of their ids; walk on with `after`."""
    statement = (
        select(Application.id)
        .where(Application.state.in_(REMINDED_STATES))
        .order_by(Application.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(Application.id > after)
    return list(db.session.execute(statement).scalars())


def send_reminders(application_id: UUID, *, at: datetime) -> int:
    """Post the reminders of one case that are due; one unit of work. Returns how many were due."""
    case = lock_case(application_id)
    due = reminders_due(case.state, case.events, case.limits, case.calendar, at)
    for reminder in due:
        version = ":".join(reminder.key)
        if reminder.kind is DeadlineKind.CORRECTION:
            tell_applicant(
                case,
                messages.CORRECTION_REMINDER,
                at=at,
                version=version,
                due_on=reminder.due_on.isoformat(),
            )
        elif case.application.employer_id is not None:
            tell_agents(
                case,
                messages.ENDORSEMENT_REMINDER,
                at=at,
                version=version,
                employer=employer_name(case.application.employer_id),
                due_on=reminder.due_on.isoformat(),
            )
    return len(due)
