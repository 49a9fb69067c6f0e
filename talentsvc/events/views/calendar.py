"""The public calendar: a month or a list, by city and kind; and the feed that a phone subscribes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, current_app, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.core.clock import local_date, now
from talentsvc.events.calendar_files import calendar_file, entity_tag
from talentsvc.events.chips import Chip
from talentsvc.events.labels import EVENT_KINDS
from talentsvc.events.place_words import city_name
from talentsvc.events.queries import occasions as queries
from talentsvc.events.queries.occasions import Occasion
from talentsvc.events.rules.cities import CITIES
from talentsvc.events.terms.event import EventKind
from talentsvc.events.views import blueprint
from talentsvc.extensions.language import is_chinese, pick

#: The feed reaches so far back and ahead.
FEED_PAST, FEED_AHEAD = timedelta(days=90), timedelta(days=400)
#: Years around this one that the calendar opens; a robot would walk on for ever.
YEARS_AROUND = 5
CALENDAR_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month's grid with what begins on it."""

    day: date
    is_in_month: bool
    is_today: bool
    occasions: tuple[Occasion, ...]


@blueprint.get("/events")
@requires("public")
def calendar() -> str:
    """One month, as a grid on a wide screen and as a list on a phone."""
    at = now()
    first = _month(request.args.get("month"), local_date(at))
    city, kind = _city(request.args.get("city")), _kind(request.args.get("kind"))
    found = queries.occasions_of_month(first, city=city, kind=kind)
    return render_template(
        "events/calendar.html",
        first=first,
        weeks=_weeks(first, found, local_date(at)),
        occasions=found,
        at=at,
        month_name=_month_name(first),
        previous=_href(_neighbour(first, -1), city, kind),
        following=_href(_neighbour(first, 1), city, kind),
        this_month=_href(local_date(at).replace(day=1), city, kind),
        cities=_city_chips(first, city, kind),
        kinds=_kind_chips(first, city, kind),
        kind_words=EVENT_KINDS,
        city_name=city_name,
        feed=url_for("events.feed", city=city, kind=kind.value if kind else None),
    )


@blueprint.get("/events/calendar.ics")
@requires("public")
def feed() -> Response:
    """Everything published around today as one calendar; unchanged, it is not sent again."""
    at = now()
    city, kind = _city(request.args.get("city")), _kind(request.args.get("kind"))
    found = queries.occasions_between(at - FEED_PAST, at + FEED_AHEAD, city=city, kind=kind)
    return calendar_response(found, "events.ics")


def calendar_response(occasions: list[Occasion], filename: str) -> Response:
    """A calendar file, or 304 for whoever has this very one."""
    settings = current_app.config["SETTINGS"]
    name = pick(settings.zone_name_zh, settings.zone_name_en)
    content = calendar_file(
        occasions, base_url=settings.public_base_url, name=f"{name} · {_('Events')}"
    )
    response = Response(content, content_type=CALENDAR_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={filename}"
    response.headers["Cache-Control"] = "public, max-age=300"
    response.set_etag(entity_tag(content))
    response.make_conditional(request)
    return response


def _month(given: str | None, today: date) -> date:
    """The month asked for as YYYY-MM; anything else, or one too far off, is this month."""
    try:
        first = date.fromisoformat(f"{given}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs(first.year - today.year) <= YEARS_AROUND else today.replace(day=1)


def _city(given: str | None) -> str | None:
    return given if given in CITIES else None


def _kind(given: str | None) -> EventKind | None:
    return EventKind(given) if given in {kind.value for kind in EventKind} else None


def _neighbour(first: date, step: int) -> date:
    """The first of the month before or after."""
    return (first - timedelta(days=1) if step < 0 else first + timedelta(days=32)).replace(day=1)


def _href(first: date, city: str | None, kind: EventKind | None) -> str:
    return url_for(
        "events.calendar", month=f"{first:%Y-%m}", city=city, kind=kind.value if kind else None
    )


def _month_name(first: date) -> str:
    return f"{first.year}年{first.month}月" if is_chinese() else f"{first:%B %Y}"


def _weeks(first: date, found: list[Occasion], today: date) -> list[list[Day]]:
    """The grid from Monday to Sunday, with the days of the neighbouring months that fill it up."""
    by_day: dict[date, list[Occasion]] = {}
    for one in found:
        by_day.setdefault(local_date(one.session.starts_at), []).append(one)
    day = first - timedelta(days=first.weekday())
    weeks = []
    while day < _neighbour(first, 1):
        week = [day + timedelta(days=offset) for offset in range(7)]
        weeks.append(
            [
                Day(one, one.month == first.month, one == today, tuple(by_day.get(one, ())))
                for one in week
            ]
        )
        day += timedelta(days=7)
    return weeks


def _city_chips(first: date, city: str | None, kind: EventKind | None) -> list[Chip]:
    chips = [Chip(_("All cities"), _href(first, None, kind), city is None)]
    return chips + [
        Chip(city_name(code), _href(first, code, kind), code == city)
        for code in ("shijiazhuang", "beijing", "tianjin", "xian")
    ]


def _kind_chips(first: date, city: str | None, kind: EventKind | None) -> list[Chip]:
    chips = [Chip(_("All kinds"), _href(first, city, None), kind is None)]
    return chips + [
        Chip(word, _href(first, city, key), key is kind) for key, word in EVENT_KINDS.items()
    ]
