"""The desk's task about a permit that is not granted yet, and the refusal when it is too late for one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.audit.terms import SubjectKind
from talentsvc.calendar.queries import work_calendar
from talentsvc.core.clock import local_date
from talentsvc.core.errors import InvalidInput
from talentsvc.events.models import FairSession
from talentsvc.events.rules.permits import STOPPING, Permit, PermitNeed, permit_of
from talentsvc.events.terms.event import SessionState
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.actions.settle_causes import settle_causes
from talentsvc.tasks.terms import TaskKind


def permit_for(session: FairSession, at: datetime) -> Permit:
    """What holds for a session's permit at a moment."""
    return permit_of(
        session.expected_visitors,
        session.held_on,
        session.permit_applied_on,
        session.permit_number,
        today=local_date(at),
    )


def check_permit_in_time(session: FairSession, at: datetime) -> None:
    """Raise InvalidInput when a public session grows into a mass event too late for its permit."""
    permit = permit_for(session, at)
    if permit.need in STOPPING:
        raise InvalidInput("expected_visitors", "permit_too_late", day=permit.apply_by.isoformat())


def open_permit_task(session: FairSession, *, actor: Actor, at: datetime) -> None:
    """Put a missing permit before the events officers, and settle the task once it is there or not needed."""
    permit = permit_for(session, at)
    if (
        permit.need in (PermitNeed.NOT_NEEDED, PermitNeed.GRANTED)
        or session.state is SessionState.CANCELLED
    ):
        settle_permit_task(session.id, actor=actor, at=at)
        return
    days = work_calendar().working_days_after(local_date(at), permit.apply_by)
    open_task(
        TaskKind.PERMIT_MISSING,
        owner=Role.EVENTS_OFFICER,
        subject_kind=SubjectKind.EVENT.value,
        subject_id=session.event_id,
        params={"day": permit.apply_by.isoformat(), "level": permit.level.value},
        dedupe_key=_key(session.id),
        working_days=max(days, 1),
        at=at,
    )


def settle_permit_task(session_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Nobody has to look after a permit any more."""
    settle_causes(_key(session_id), settlement="permit_settled", actor=actor, at=at)


def _key(session_id: UUID) -> str:
    return f"permit:{session_id}"
