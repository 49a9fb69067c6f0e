"""An event's public page: what it is, what is next and when, by which written policy; to share and to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, current_app, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from talentsvc.access.actor import current_actor
from talentsvc.access.route import requires
from talentsvc.core.clock import now
from talentsvc.core.qr import qr_svg
from talentsvc.events.labels import ADMISSIONS, EVENT_KINDS, EVENT_PHASES, RANKING_KEYS
from talentsvc.events.models import Event, FairSession
from talentsvc.events.place_words import city_name
from talentsvc.events.queries import occasions as queries
from talentsvc.events.queries.occasions import Occasion
from talentsvc.events.rules.phases import EventDates
from talentsvc.events.terms.event import Admission, RankingKey
from talentsvc.events.views import blueprint
from talentsvc.events.views.calendar import calendar_response


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of what happens when; `kind` is done, now or next."""

    title: Any
    at: datetime
    kind: str


@blueprint.get("/events/<uuid:event_id>")
@requires("public")
def event(event_id: UUID) -> str:
    """The page to share. Four queries at most."""
    found = queries.public_event(event_id)
    sessions = queries.sessions_of_event(event_id)
    at, dates = now(), queries.dates_of(found, sessions)
    phase = queries.phase_of(found, dates, at)
    terms = queries.event_terms(found)
    return render_template(
        "events/event.html",
        event=found,
        sessions=sessions,
        at=at,
        phase=EVENT_PHASES[phase] if phase else None,
        stages=_stages(dates, at) if dates else [],
        terms=terms,
        admission=ADMISSIONS[found.admission],
        is_ranked=found.admission is Admission.SELECTION,
        ranking=[RANKING_KEYS[RankingKey(key)] for key in terms.ranking],
        kind=EVENT_KINDS[found.kind],
        city_name=city_name,
        address=_address(found),
        company_ids=sorted(current_actor.employer_ids),
        may_register=lambda session: _may_register(found, session, at),
    )


def _may_register(found: Event, session: FairSession, at: datetime) -> bool:
    return (
        found.takes_visitors
        and found.state.value == "published"
        and session.state.value == "planned"
        and at < session.ends_at
    )


def _stages(dates: EventDates, at: datetime) -> list[Stage]:
    """What happens when, in the order of time; the first that is still to come is `now`."""
    named = (
        (_l("Companies may register"), dates.registration_opens_at),
        (_l("Registration of companies closes"), dates.registration_closes_at),
        (_l("Companies see the results"), dates.results_visible_at),
        (_l("Places are confirmed until"), dates.confirm_due_at),
        (_l("The event begins"), dates.first_starts_at),
        (_l("The event ends"), dates.last_ends_at),
    )
    stages, is_next_found = [], False
    for title, moment in named:
        if moment is None:
            continue
        kind = "done" if moment <= at else "next" if is_next_found else "now"
        is_next_found = is_next_found or moment > at
        stages.append(Stage(title, moment, kind))
    return stages


def _address(found: Event) -> str:
    base = current_app.config["SETTINGS"].public_base_url
    return f"{base}{url_for('events.event', event_id=found.id)}"


@blueprint.get("/events/<uuid:event_id>/event.ics")
@requires("public")
def event_calendar(event_id: UUID) -> Response:
    """All sessions of an event for one's own calendar; `?session=` takes one of them."""
    found = queries.public_event(event_id)
    wanted = request.args.get("session")
    occasions = [
        Occasion(session, found)
        for session in queries.sessions_of_event(event_id)
        if wanted is None or str(session.id) == wanted
    ]
    return calendar_response(occasions, "event.ics")


@blueprint.get("/events/<uuid:event_id>/qr.svg")
@requires("public")
def event_code(event_id: UUID) -> Response:
    """The page's address as a code, for posters."""
    response = Response(
        qr_svg(_address(queries.public_event(event_id))), content_type="image/svg+xml"
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
