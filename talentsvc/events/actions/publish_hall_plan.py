"""The plan becomes public: every company is told its booth, and everybody may look at the hall."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from talentsvc.access.actor import Actor
from talentsvc.core.errors import InvalidInput, NotAllowedNow
from talentsvc.events.hallwork import lock_drawn_hall, record_hall, touch_plan
from talentsvc.events.models import HallPlan
from talentsvc.events.queries.halls import companies_of
from talentsvc.events.terms.event import SessionState
from talentsvc.events.terms.hall import PlanPublished
from talentsvc.extensions.unit_of_work import happen


def publish_hall_plan(
    session_id: UUID,
    *,
    expected_version: int,
    accepts_left_out: bool,
    actor: Actor,
    at: datetime,
) -> HallPlan:
    """Publish, once; what changes afterwards is told to those concerned alone.

    Errors: StaleVersion; NotAllowedNow when it is public already or the session does not take place;
    InvalidInput while nobody has a booth, or when some would be left out and the officer has not
    said to know it.
    """
    session, plan = lock_drawn_hall(session_id, expected_version=expected_version)
    if plan.published_at is not None or session.state is not SessionState.PLANNED:
        raise NotAllowedNow(
            "published" if plan.published_at else session.state, "publish_hall_plan"
        )
    companies = companies_of(session_id)
    left_out = [one for one in companies if one.booth is None]
    if len(left_out) == len(companies):
        raise InvalidInput("accepts_left_out", "nobody_stands")
    if left_out and not accepts_left_out:
        raise InvalidInput("accepts_left_out", "left_out", count=len(left_out))
    plan.published_at = at
    touch_plan(plan, at)
    record_hall(
        session,
        "publish_hall_plan",
        actor=actor,
        at=at,
        companies=len(companies) - len(left_out),
        left_out=len(left_out),
    )
    happen(PlanPublished(session_id))
    return plan
