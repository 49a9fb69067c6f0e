"""Companies are told their booths: all of them when the plan is published, later those that changed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from talentsvc.core.clock import now
from talentsvc.events.hall_telling import tell_booth, tell_booth_change
from talentsvc.events.queries.halls import numbers_by_registration
from talentsvc.events.terms.hall import TOLD_AT_ONCE, BoothsChanged, PlanPublished
from talentsvc.jobs.actions.start_job import start_job

TELL_JOB = "tell_booths"
CHANGE_JOB = "tell_booth_changes"


def tell_booths(happened: PlanPublished) -> None:
    """Tell every company that stands somewhere; many become a job."""
    _tell(
        TELL_JOB,
        tell_booth,
        happened.session_id,
        sorted(numbers_by_registration(happened.session_id)),
    )


def tell_booth_changes(happened: BoothsChanged) -> None:
    """Tell those that stand elsewhere now, or nowhere."""
    _tell(CHANGE_JOB, tell_booth_change, happened.session_id, list(happened.registration_ids))


def _tell(
    kind: str, step: Callable[[UUID], None], session_id: UUID, registrations: list[UUID]
) -> None:
    if len(registrations) > TOLD_AT_ONCE:
        start_job(kind, {"session": str(session_id)}, registrations, asked_by=None, at=now())
        return
    for registration_id in registrations:
        step(registration_id)
