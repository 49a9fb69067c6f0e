"""A small fair on the ground's tables: an event, a session, companies that hold places, a hall."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from talentsvc.access.actor import SYSTEM, Actor
from talentsvc.access.roles import Role
from talentsvc.core.clock import local_date, now
from talentsvc.events.actions.save_hall_plan import save_hall_plan
from talentsvc.events.models import Event, FairRegistration, FairSession
from talentsvc.events.queries.halls import booths_of, hall_of
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.rules.hall_filling import Filling, filled
from talentsvc.events.rules.halls import Drawing, DrawnBooth
from talentsvc.events.terms.event import Admission, EventKind, EventState, SessionState
from talentsvc.events.terms.registration import AuditVerdict, PlaceState, RegistrationState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from tests.employers.world import add_verified_employer, company
from tests.people.world import Someone, officer

_serials = count(1)


def events_officer(app: Flask) -> Someone:
    """Somebody who draws halls and allocates booths."""
    return officer(app, Role.EVENTS_OFFICER)


def actor_of(who: Someone) -> Actor:
    """The same as an actor."""
    return Actor(
        account_id=who.account_id,
        person_id=who.person_id,
        roles=frozenset({Role.EVENTS_OFFICER}),
        acting_as="events_officer",
    )


def add_event(**changed: Any) -> Event:
    """A published double-choice fair; inside a unit of work."""
    at = now()
    values: dict[str, Any] = {
        "kind": EventKind.DOUBLE_CHOICE_FAIR,
        "title_zh": "春季双选会",
        "title_en": "Spring double-choice fair",
        "summary_zh": "示例",
        "summary_en": "Sample",
        "organiser_zh": "人才服务中心",
        "organiser_en": "Talent service centre",
        "contact": "0311-0000000",
        "state": EventState.PUBLISHED,
        "admission": Admission.FIRST_COME,
        "terms": EventTerms().as_data(),
        "created_at": at,
        "published_at": at,
        **changed,
    }
    event = Event(**values)
    db.session.add(event)
    db.session.flush()
    return event


def add_session(event: Event, **changed: Any) -> FairSession:
    """A session in ten days; inside a unit of work."""
    starts_at: datetime = changed.pop("starts_at", now() + timedelta(days=10))
    values: dict[str, Any] = {
        "event_id": event.id,
        "number": next(_serials),
        "city": "beijing",
        "host_zh": "示例理工大学",
        "host_en": "Example University of Technology",
        "place_zh": "体育馆",
        "place_en": "Gymnasium",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "held_on": local_date(starts_at),
        "state": SessionState.PLANNED,
        "places": 400,
        "code": uuid4().hex,
        "created_at": now(),
        **changed,
    }
    session = FairSession(**values)
    db.session.add(session)
    db.session.flush()
    return session


def add_registration(session: FairSession, employer_id: UUID, **changed: Any) -> FairRegistration:
    """A confirmed registration that holds a place; inside a unit of work."""
    at = now()
    values: dict[str, Any] = {
        "reference": f"GXH-2026-{next(_serials):06d}",
        "session_id": session.id,
        "employer_id": employer_id,
        "legal_employer_id": employer_id,
        "held_on": session.held_on,
        "state": RegistrationState.CONFIRMED,
        "place": PlaceState.HELD,
        "wishes": {},
        "company_verdict": AuditVerdict.PASSED,
        "submitted_at": at,
        "first_submitted_at": at,
        "created_at": at,
        "updated_at": at,
        **changed,
    }
    registration = FairRegistration(**values)
    if registration.place is PlaceState.HELD:
        session.places_taken += 1
    db.session.add(registration)
    db.session.flush()
    return registration


def make_session(app: Flask, **changed: Any) -> UUID:
    """A session of a published event."""
    with app.app_context(), unit_of_work():
        return add_session(add_event(), **changed).id


def make_registration(app: Flask, session_id: UUID, *agents: Someone, **changed: Any) -> UUID:
    """A company with these agents that holds a place."""
    name = changed.pop("name", f"示例第{next(_serials)}电子有限公司")
    employer_id = company(app, *agents, name=name)
    with app.app_context(), unit_of_work():
        session = db.session.get_one(FairSession, session_id)
        return add_registration(session, employer_id, **changed).id


def many_registrations(app: Flask, session_id: UUID, how_many: int) -> list[UUID]:
    """As many companies without agents, in one unit of work."""
    with app.app_context(), unit_of_work():
        session = db.session.get_one(FairSession, session_id)
        return [
            add_registration(session, add_verified_employer(name=f"示例{n}号有限公司").id).id
            for n in range(1, how_many + 1)
        ]


def rows_of_booths(rows: int = 2, columns: int = 4, **changed: Any) -> Drawing:
    """A hall with rows of booths, two by two cells each, back to back and an aisle after two rows."""
    pattern = replace(DrawnBooth("A01", "A", 0, 0, 2, 2), **changed)
    hall = Drawing(columns * 2 + 2, rows * 3 + 2)
    area = Filling(1, 1, columns * 2, hall.rows - 1, pattern, aisle=1)
    return replace(hall, booths=tuple(filled(area, ())[: rows * columns]))


def make_hall(
    app: Flask, session_id: UUID, drawing: Drawing | None = None, version: int = 0
) -> dict[str, UUID]:
    """Draw a hall; gives the id of each booth number."""
    with app.app_context(), unit_of_work():
        save_hall_plan(
            session_id,
            drawing or rows_of_booths(),
            expected_version=version,
            actor=SYSTEM,
            at=now(),
        )
    with app.app_context():
        return {booth.number: booth.id for booth in booths_of(hall_of(session_id).plan)}
