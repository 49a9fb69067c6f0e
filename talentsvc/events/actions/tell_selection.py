"""Companies are told the result of a selection, all on the event's date and none before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from talentsvc.core.clock import now
from talentsvc.events.messages import registrations as messages
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.queries.registrations import position_in_line
from talentsvc.events.registration_work import are_visible, tell_company, until
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job

JOB_KIND = "tell_selection"


def tell_selection(event: Event, registration_ids: Sequence[UUID], *, at: datetime) -> None:
    """Ask for the messages: a job that no worker takes before the results are visible."""
    if not registration_ids:
        return
    params = {"event": str(event.id)}
    job = start_job(JOB_KIND, params, registration_ids, asked_by=None, at=at)
    job.next_run_at = max(at, event.results_visible_at or at)


def tell_selection_result(registration_id: UUID) -> None:
    """Tell one company what it has now; put off when the date was moved meanwhile. Safe to repeat."""
    at = now()
    registration = db.session.get_one(FairRegistration, registration_id)
    session = db.session.get_one(FairSession, registration.session_id)
    event = db.session.get_one(Event, session.event_id)
    if registration.state is not RegistrationState.APPROVED:
        return
    if not are_visible(event, at):
        tell_selection(event, [registration_id], at=at)
    elif registration.place is PlaceState.HELD:
        tell_company(
            messages.REGISTRATION_CHOSEN, event, session, registration, at=at, **until(registration)
        )
    elif registration.place is PlaceState.WAITING:
        position = str(position_in_line(registration))
        tell_company(
            messages.REGISTRATION_QUEUED, event, session, registration, at=at, position=position
        )
