"""A case at work: locked, with its history, and moved by one function (guarantees.md G2).

Every action opens its case here, so that steps which have fallen due are written down first, and
moves it here, so that state, event, due dates and record can never part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import bindparam, select

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.calendar.queries import work_calendar
from talentsvc.cards import models
from talentsvc.cards.keeping import retention_days
from talentsvc.cards.rules.clock import next_step
from talentsvc.cards.rules.due_dates import Deadline, deadline_of, deadlines_of
from talentsvc.cards.rules.events import CaseEvent
from talentsvc.cards.rules.in_time import check_in_time
from talentsvc.cards.rules.keeping import kept_until, remedies_closed_on
from talentsvc.cards.rules.limits import Limits
from talentsvc.cards.rules.transitions import APPLICATION_TRANSITIONS, next_state
from talentsvc.cards.terms import FINAL_STATES, ActorClass, ApplicationState, CaseAction
from talentsvc.core.clock import now
from talentsvc.core.errors import StaleVersion
from talentsvc.core.locking import lock_in_order
from talentsvc.core.workdays import WorkCalendar
from talentsvc.extensions.database import db
from talentsvc.policy.queries import rules_of


@dataclass
class Case:
    """An application that this transaction has locked, and everything its rules need."""

    application: models.Application
    events: list[CaseEvent]
    limits: Limits
    calendar: WorkCalendar

    @property
    def state(self) -> ApplicationState:
        """Where the case stands, as far as written down."""
        return self.application.state

    @property
    def next_sequence(self) -> int:
        """The number of the next event: the case was locked before its history was read."""
        return len(self.events) + 1

    @property
    def deadline(self) -> Deadline | None:
        """The due date that runs now."""
        return deadline_of(self.state, self.events, self.limits, self.calendar)

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """All due dates that run now, the nearest first."""
        return deadlines_of(self.state, self.events, self.limits, self.calendar)


def lock_case(application_id: UUID, *, expected_version: int | None = None) -> Case:
    """Lock an application and read its history.

    Errors: NotFoundHere; StaleVersion when the page that asks was rendered for another version.
    """
    application = lock_application(application_id)
    if expected_version is not None and application.version != expected_version:
        raise StaleVersion()
    return Case(application, history(application_id), limits_of(application), work_calendar())


def lock_application(application_id: UUID) -> models.Application:
    """Lock an application alone, once in a transaction. Errors: NotFoundHere."""
    (application,) = lock_in_order(db.session(), models.Application, [application_id])
    return cast(models.Application, application)


def history(application_id: UUID) -> list[CaseEvent]:
    """The events of a case as the clock reads them, oldest first."""
    return [CaseEvent(*row) for row in db.session.execute(_HISTORY, {"case": application_id})]


_event = models.CaseEvent.__table__.c
#: What the clock reads of an event, in the order of its fields.
_HISTORY = (
    select(
        _event.action,
        _event.from_state,
        _event.to_state,
        _event.at,
        _event.effective_on,
        _event.data,
    )
    .where(_event.application_id == bindparam("case"))
    .order_by(_event.sequence)
)


def limits_of(application: models.Application) -> Limits:
    """The time limits of the rule set a case is judged by."""
    return _limits(application.rule_set_id)


@lru_cache(maxsize=32)
def _limits(rule_set_id: UUID) -> Limits:
    """Kept, since a stored rule set never changes its content."""
    parameters = rules_of(rule_set_id).parameters
    return Limits.from_parameters(
        {parameter.name.value: parameter.value for parameter in parameters.stated}
    )


def check_possible(case: Case, action: CaseAction) -> None:
    """Ask the table before anything that was typed is judged: a case that has moved on is told as such.

    Errors: NotAllowedNow.
    """
    APPLICATION_TRANSITIONS.target(case.state, action)


def move(
    case: Case,
    action: CaseAction,
    *,
    actor: Actor,
    actor_class: ActorClass,
    at: datetime,
    reason: str | None = None,
    effective_on: date | None = None,
    data: Mapping[str, Any] | None = None,
) -> models.CaseEvent:
    """Take one step with a case: the only writer of an application's state.

    Errors: NotAllowedNow for a step the table or the hour forbids, InvalidInput for a missing reason.
    """
    application = case.application
    before = application.state
    if actor_class is not ActorClass.CLOCK:
        check_in_time(action, before, case.events, case.limits, case.calendar, at)
    after = next_state(before, action, actor=actor_class, reason=reason)
    event = models.CaseEvent(
        application_id=application.id,
        sequence=case.next_sequence,
        action=action,
        from_state=before,
        to_state=after,
        actor_account_id=actor.account_id,
        actor_person_id=actor.person_id,
        acting_as=actor_class.value,
        at=at,
        recorded_at=now(),
        effective_on=effective_on,
        reason=reason.strip() if reason else None,
        data=dict(data or {}),
    )
    db.session.add(event)
    _enter(case, event)
    record(
        SubjectKind.APPLICATION,
        application.id,
        action.value,
        actor=actor,
        at=at,
        before={"state": before},
        after={"state": after, "effective_on": effective_on},
        acting_as=actor_class.value,
    )
    db.session.flush()
    return event


def _enter(case: Case, event: models.CaseEvent) -> None:
    """Let the case stand where the event leads, with what follows from being there."""
    application = case.application
    case.events.append(
        CaseEvent(
            event.action, event.from_state, event.to_state, event.at, event.effective_on, event.data
        )
    )
    if event.to_state in FINAL_STATES:
        application.closed_at = event.at
    elif event.from_state in FINAL_STATES:
        application.closed_at = None
    application.state = event.to_state
    write_due_dates(case, event.at)


def write_due_dates(case: Case, at: datetime) -> None:
    """Write down what the pure functions say, for lists, filters and the sweep to select by."""
    application = case.application
    deadline = case.deadline
    step = next_step(case.state, case.events, case.limits, case.calendar)
    application.due_at = deadline.ends_at if deadline else None
    application.due_on = deadline.due_on if deadline else None
    application.due_kind = deadline.kind.value if deadline else None
    application.is_due_provisional = bool(deadline and deadline.is_provisional)
    application.clock_at = step.at if step else None
    application.board_at = application.due_at or at
    application.images_until = _images_until(case)
    application.updated_at = at


def _images_until(case: Case) -> date | None:
    """The last day of keeping by the rules' shortest time; what is deleted is asked image by image."""
    closed_on = remedies_closed_on(case.state, case.events, case.limits, case.calendar)
    if closed_on is None:
        return None
    usual = case.limits.sensitive_image_retention_days
    return kept_until(closed_on, min((usual, *retention_days(case.application).values())))
