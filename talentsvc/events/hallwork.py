"""Halls at work: locked under their session, recorded, and told of once they are public (guarantees.md G4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from talentsvc.access.actor import Actor
from talentsvc.audit.actions.record import record
from talentsvc.audit.terms import SubjectKind
from talentsvc.core.errors import InvalidInput, NotFoundHere, StaleVersion
from talentsvc.events.models import Booth, BoothAssignment, FairRegistration, FairSession, HallPlan
from talentsvc.events.queries.halls import FIRST_GRID, STANDING_STATES, numbers_by_registration
from talentsvc.events.registering import lock_session
from talentsvc.events.terms.hall import BoothsChanged
from talentsvc.events.terms.registration import PlaceState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import happen


def lock_hall(
    session_id: UUID, *, expected_version: int | None = None
) -> tuple[FairSession, HallPlan | None]:
    """Lock a session and read its plan: whatever happens in a hall happens under this lock.

    Errors: NotFoundHere; StaleVersion when the page that asks showed another plan (0: none yet).
    """
    session = lock_session(session_id)
    plan = db.session.execute(
        select(HallPlan)
        .where(HallPlan.session_id == session_id)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if expected_version is not None and expected_version != (plan.version if plan else 0):
        raise StaleVersion()
    return session, plan


def lock_drawn_hall(
    session_id: UUID, *, expected_version: int | None = None
) -> tuple[FairSession, HallPlan]:
    """The same for a hall that is drawn. Errors: NotFoundHere also before it is."""
    session, plan = lock_hall(session_id, expected_version=expected_version)
    if plan is None:
        raise NotFoundHere()
    return session, plan


def begin_plan(session: FairSession, at: datetime) -> HallPlan:
    """A plan with an empty grid."""
    plan = HallPlan(
        session_id=session.id, columns=FIRST_GRID.columns, rows=FIRST_GRID.rows, updated_at=at
    )
    db.session.add(plan)
    db.session.flush()
    return plan


def touch_plan(plan: HallPlan, at: datetime) -> None:
    """Raise the plan's version, also when only its booths changed."""
    plan.updated_at = at
    flag_modified(plan, "updated_at")
    db.session.flush()


@contextmanager
def telling_changes(plan: HallPlan) -> Iterator[None]:
    """Once the plan is public, whoever stands elsewhere after the block is told, and nobody else."""
    before = numbers_by_registration(plan.session_id)
    yield
    db.session.flush()
    if plan.published_at is None:
        return
    after = numbers_by_registration(plan.session_id)
    changed = sorted(
        one for one in before.keys() | after.keys() if before.get(one) != after.get(one)
    )
    if changed:
        happen(BoothsChanged(plan.session_id, tuple(changed)))


def record_hall(
    session: FairSession, action: str, *, actor: Actor, at: datetime, **after: Any
) -> None:
    """Write into the record of the session's event."""
    details: Mapping[str, Any] = {"session": session.number, **after}
    record(SubjectKind.EVENT, session.event_id, action, actor=actor, at=at, after=details)


def standing_registration(session: FairSession, registration_id: UUID) -> FairRegistration:
    """A registration that is to stand in this hall.

    Errors: NotFoundHere for another session's; InvalidInput for one that has no place any more.
    """
    registration = db.session.get(FairRegistration, registration_id, populate_existing=True)
    if registration is None or registration.session_id != session.id:
        raise NotFoundHere()
    if registration.place is not PlaceState.HELD or registration.state not in STANDING_STATES:
        raise InvalidInput("registration_id", "no_place")
    return registration


def assignment_of(registration_id: UUID) -> BoothAssignment | None:
    """Where a registration stands."""
    return db.session.execute(
        select(BoothAssignment)
        .where(BoothAssignment.registration_id == registration_id)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()


def give_booth(
    booth: Booth,
    registration_id: UUID,
    *,
    at: datetime,
    is_locked: bool,
    run_id: UUID | None = None,
) -> BoothAssignment:
    """Put a registration into a booth, out of the one it had. The constraints refuse a booth given twice."""
    db.session.execute(
        delete(BoothAssignment).where(BoothAssignment.registration_id == registration_id)
    )
    given = BoothAssignment(
        booth_id=booth.id,
        registration_id=registration_id,
        is_locked=is_locked,
        run_id=run_id,
        assigned_at=at,
    )
    db.session.add(given)
    db.session.flush()
    return given
