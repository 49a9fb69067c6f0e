"""Companies are chosen by the event's stated ranking: who is in front gets a place, the others a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.core.clock import now
from talentsvc.core.errors import NotAllowedNow
from talentsvc.employers.models import Employer, EmployerPoints
from talentsvc.employers.standing import standings_of
from talentsvc.employers.terms import Industry
from talentsvc.events.actions.audit_registration import set_confirm_due
from talentsvc.events.actions.tell_selection import tell_selection, tell_selection_result
from talentsvc.events.eventwork import record_event
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.placing import give_place_or_number
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registering import lock_registration, lock_session
from talentsvc.events.registration_work import are_visible
from talentsvc.events.rules.ranking import Contender, Ranked, ranked
from talentsvc.events.terms.event import Admission
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.events.terms.visit import MOST_AT_ONCE
from talentsvc.extensions.database import db
from talentsvc.jobs.actions.start_job import start_job
from talentsvc.jobs.queries import params_at_work

JOB_KIND = "select_companies"


def select_companies(session_id: UUID, *, actor: Actor, at: datetime) -> list[Ranked]:
    """Rank all that passed both audits and have neither place nor number; safe to run again.

    The ranking with each value is kept in the record, and with each company's step. More than a
    handful are placed by a job, one an item, in the order of the ranking; companies learn of it from
    the event's date on. Errors: NotFoundHere; NotAllowedNow where places go in the order of filing,
    or before registration has closed.
    """
    session = lock_session(session_id)
    event = db.session.get_one(Event, session.event_id)
    is_open = event.registration_closes_at is None or at < event.registration_closes_at
    if event.admission is not Admission.SELECTION or is_open:
        raise NotAllowedNow("registration_open" if is_open else event.admission, "select_companies")
    waiting = _approved_without_place(session_id)
    order = ranked(_contenders(waiting, at), event_terms(event).ranking)
    record_event(
        event.id,
        "select_companies",
        actor=actor,
        at=at,
        after={"session": session.id, "ranking": [_as_data(one, len(order)) for one in order]},
    )
    _place(session, event, order, {one.id: one for one in waiting}, actor, at)
    tell_selection(event, [one.contender.registration_id for one in order], at=at)
    return order


def _place(
    session: FairSession,
    event: Event,
    order: Sequence[Ranked],
    by_id: Mapping[UUID, FairRegistration],
    actor: Actor,
    at: datetime,
) -> None:
    if len(order) > MOST_AT_ONCE:
        params = {
            "session": str(session.id),
            "ranking": {
                str(one.contender.registration_id): _as_data(one, len(order)) for one in order
            },
        }
        ids = [one.contender.registration_id for one in order]
        start_job(JOB_KIND, params, ids, asked_by=actor.account_id, at=at)
        return
    for one in order:
        registration = by_id[one.contender.registration_id]
        _take(session, event, registration, _as_data(one, len(order)), at)


def place_selected(registration_id: UUID) -> None:
    """Give one company its place or number: the job's step, in the order of the ranking; decided once."""
    ranking = params_at_work(JOB_KIND, registration_id)["ranking"]
    session, registration = lock_registration(registration_id)
    is_open = registration.state is RegistrationState.APPROVED
    if is_open and registration.place is PlaceState.NONE:
        event = db.session.get_one(Event, session.event_id)
        _take(session, event, registration, ranking[str(registration_id)], now())
        if are_visible(event, now()):
            tell_selection_result(registration_id)


def _take(
    session: FairSession,
    event: Event,
    registration: FairRegistration,
    why: Mapping[str, Any],
    at: datetime,
) -> None:
    give_place_or_number(session, registration, at=at, why=why)
    set_confirm_due(event, session, registration, at=at)


def _as_data(one: Ranked, of: int) -> dict[str, Any]:
    """A rank and why, as it is kept."""
    return {
        "registration": str(one.contender.registration_id),
        "rank": one.rank,
        "of": of,
        "values": [list(pair) for pair in one.reasons],
    }


def _approved_without_place(session_id: UUID) -> list[FairRegistration]:
    return list(
        db.session.execute(
            select(FairRegistration)
            .where(
                FairRegistration.session_id == session_id,
                FairRegistration.state == RegistrationState.APPROVED,
                FairRegistration.place == PlaceState.NONE,
            )
            .order_by(FairRegistration.id)
            .with_for_update()
        ).scalars()
    )


def _contenders(registrations: list[FairRegistration], at: datetime) -> list[Contender]:
    """What each is ranked by: the newest list of points, breaches that count, industry. Three queries."""
    employer_ids = {one.employer_id for one in registrations}
    industries = {
        employer_id: industry
        for employer_id, industry in db.session.execute(
            select(Employer.id, Employer.industry).where(Employer.id.in_(employer_ids))
        )
    }
    # The newest year comes last and stays.
    points = {
        employer_id: total
        for employer_id, total in db.session.execute(
            select(EmployerPoints.employer_id, EmployerPoints.total)
            .where(EmployerPoints.employer_id.in_(employer_ids))
            .order_by(EmployerPoints.year)
        )
    }
    standings = standings_of({one.legal_employer_id for one in registrations}, at)
    return [
        Contender(
            registration_id=one.id,
            legal_employer_id=one.legal_employer_id,
            breaches=len(standings[one.legal_employer_id].breaches),
            is_lead_industry=industries[one.employer_id] is not Industry.OTHER,
            points=points.get(one.employer_id),
            filed_at=one.first_submitted_at or one.created_at,
        )
        for one in registrations
    ]
