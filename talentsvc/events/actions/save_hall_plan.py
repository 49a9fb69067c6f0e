"""The hall of a session is drawn or changed, as a whole and against the version that was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.events.hallwork import (
    begin_plan,
    lock_hall,
    record_hall,
    telling_changes,
    touch_plan,
)
from talentsvc.events.models import Booth, HallPlan
from talentsvc.events.queries.halls import booth_ids_in_use, booths_of
from talentsvc.events.rules.halls import Drawing, DrawnBooth, Flaw, flaws_of, refuse_flaws
from talentsvc.events.terms.hall import FlawCode
from talentsvc.extensions.database import db

_FIELDS = (
    "number",
    "zone",
    "column",
    "row",
    "width",
    "height",
    "size_m2",
    "power_w",
    "is_near_entrance",
    "is_blocked",
)


def save_hall_plan(
    session_id: UUID, drawing: Drawing, *, expected_version: int, actor: Actor, at: datetime
) -> HallPlan:
    """Store a drawing. A booth goes on being itself by its id, whatever its number is now.

    Errors: StaleVersion; FlawedDrawing with every reason, among them that a booth which is given to
    a company was deleted or blocked.
    """
    session, plan = lock_hall(session_id, expected_version=expected_version)
    stored = {booth.id: booth for booth in booths_of(plan)}
    used = booth_ids_in_use(plan.id) if plan else set()
    refuse_flaws([*flaws_of(drawing), *_flaws_of_change(drawing, stored, used)])
    plan = plan or begin_plan(session, at)
    with telling_changes(plan):
        plan.columns, plan.rows = drawing.columns, drawing.rows
        _write_booths(plan, drawing, stored)
    touch_plan(plan, at)
    record_hall(
        session,
        "save_hall_plan",
        actor=actor,
        at=at,
        booths=len(drawing.booths),
        columns=drawing.columns,
        rows=drawing.rows,
    )
    return plan


def _flaws_of_change(drawing: Drawing, stored: Mapping[UUID, Booth], used: set[UUID]) -> list[Flaw]:
    """What speaks against the step from the stored booths to the drawn ones."""
    kept = [booth.id for booth in drawing.booths if booth.id is not None]
    flaws = [
        Flaw(FlawCode.GONE, (booth.number,))
        for booth in drawing.booths
        if booth.id is not None and (booth.id not in stored or kept.count(booth.id) > 1)
    ]
    flaws += [
        Flaw(FlawCode.IN_USE_DELETED, (booth.number,))
        for booth in stored.values()
        if booth.id in used and booth.id not in kept
    ]
    flaws += [
        Flaw(FlawCode.IN_USE_BLOCKED, (booth.number,))
        for booth in drawing.booths
        if booth.is_blocked and booth.id in used
    ]
    return flaws


def _write_booths(plan: HallPlan, drawing: Drawing, stored: Mapping[UUID, Booth]) -> None:
    kept = {booth.id for booth in drawing.booths}
    for booth in stored.values():
        if booth.id not in kept:
            db.session.delete(booth)
    _free_numbers(drawing, stored)
    for drawn in drawing.booths:
        row = stored[drawn.id] if drawn.id is not None else Booth(plan_id=plan.id)
        for name in _FIELDS:
            setattr(row, name, getattr(drawn, name))
        db.session.add(row)
    db.session.flush()


def _free_numbers(drawing: Drawing, stored: Mapping[UUID, Booth]) -> None:
    """Two booths may exchange their numbers: those that change let go of theirs first."""
    changing: list[tuple[Booth, DrawnBooth]] = [
        (stored[drawn.id], drawn)
        for drawn in drawing.booths
        if drawn.id is not None and stored[drawn.id].number != drawn.number
    ]
    for place, (booth, _drawn) in enumerate(changing):
        booth.number = f"~{place}"
    db.session.flush()
