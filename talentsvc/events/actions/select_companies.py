"""Companies are chosen by the event's stated ranking: who is in front gets a place, the others a number."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from talentsvc.access.actor import Actor
from talentsvc.core.errors import NotAllowedNow
from talentsvc.employers.models import Employer, EmployerPoints
from talentsvc.employers.standing import standings_of
from talentsvc.employers.terms import Industry
from talentsvc.events.actions.audit_registration import set_confirm_due
from talentsvc.events.actions.submit_registration import give_place_or_number
from talentsvc.events.eventwork import record_event
from talentsvc.events.models import Event, FairRegistration
from talentsvc.events.queries.occasions import event_terms
from talentsvc.events.registering import lock_session
from talentsvc.events.rules.ranking import Contender, Ranked, ranked
from talentsvc.events.terms.event import Admission
from talentsvc.events.terms.registration import PlaceState, RegistrationState
from talentsvc.extensions.database import db


def select_companies(session_id: UUID, *, actor: Actor, at: datetime) -> list[Ranked]:
    """Rank all that passed the audit and have neither place nor number; safe to run again.

    The ranking with each value is kept in the record. Errors: NotFoundHere; NotAllowedNow where places
    go in the order of filing, or before registration has closed.
    """
    session = lock_session(session_id)
    event = db.session.get_one(Event, session.event_id)
    is_open = event.registration_closes_at is None or at < event.registration_closes_at
    if event.admission is not Admission.SELECTION or is_open:
        raise NotAllowedNow("registration_open" if is_open else event.admission, "select_companies")
    waiting = _approved_without_place(session_id)
    order = ranked(_contenders(waiting, at), event_terms(event).ranking)
    by_id = {one.id: one for one in waiting}
    for one in order:
        registration = by_id[one.contender.registration_id]
        give_place_or_number(session, registration, at=at)
        set_confirm_due(event, session, registration)
    record_event(
        event.id,
        "select_companies",
        actor=actor,
        at=at,
        after={
            "session": session.id,
            "ranking": [
                {
                    "registration": str(one.contender.registration_id),
                    "rank": one.rank,
                    "values": [list(pair) for pair in one.reasons],
                }
                for one in order
            ],
        },
    )
    return order


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
