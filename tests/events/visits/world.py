"""A published event with a session for the tests of visits, and persons who come."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from flask import Flask

from talentsvc.core.clock import local_date, now
from talentsvc.core.ids import short_code
from talentsvc.events.models import Event, FairSession
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.terms.event import Admission, EventKind, EventState, SessionState
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work

_numbers = count(1)


def add_event(**changed: Any) -> Event:
    """A published salon; inside a unit of work."""
    at = now()
    values: dict[str, Any] = {
        "kind": EventKind.SALON,
        "title_zh": "双创沙龙",
        "title_en": "Founders' salon",
        "summary_zh": "与创业者面对面。",
        "summary_en": "Meet founders.",
        "organiser_zh": "人才服务中心",
        "organiser_en": "Talent Service Centre",
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
    starts_at = changed.pop("starts_at", now() + timedelta(days=10))
    values: dict[str, Any] = {
        "number": next(_numbers),
        "city": "shijiazhuang",
        "host_zh": "国际人才城",
        "host_en": "International Talent City",
        "place_zh": "一号厅",
        "place_en": "Hall 1",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
        "held_on": local_date(starts_at),
        "state": SessionState.PLANNED,
        "code": short_code(96),
        "created_at": now(),
        **changed,
    }
    session = FairSession(event_id=event.id, **values)
    db.session.add(session)
    db.session.flush()
    return session


def salon(app: Flask, event: dict[str, Any] | None = None, **session: Any) -> UUID:
    """A session of a published event in the database."""
    with app.app_context(), unit_of_work():
        return add_session(add_event(**(event or {})), **session).id
