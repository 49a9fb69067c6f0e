"""Calendar files and the feed: RFC 5545, with the zone's time zone written out and identifiers that never change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from talentsvc.core.clock import SHANGHAI
from talentsvc.events.queries.occasions import Occasion
from talentsvc.extensions.language import pick

_PRODUCT = "-//talentsvc//events//ZH"


def calendar_file(occasions: Sequence[Occasion], *, base_url: str, name: str) -> bytes:
    """The sessions as a calendar. A cancelled one stays in it and says so, so that phones take it out."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", str(SHANGHAI))
    for occasion in occasions:
        calendar.add_component(_entry(occasion, base_url))
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _entry(occasion: Occasion, base_url: str) -> Any:
    from icalendar import Event as Entry

    session, event = occasion.session, occasion.event
    host = base_url.split("://", 1)[-1].split("/", 1)[0]
    entry = Entry()
    entry.add("uid", f"{session.id}@{host}")
    entry.add("dtstamp", _changed_at(occasion))
    entry.add("dtstart", session.starts_at.astimezone(SHANGHAI))
    entry.add("dtend", session.ends_at.astimezone(SHANGHAI))
    entry.add("summary", pick(event.title_zh, event.title_en))
    entry.add("location", pick(session.place_zh, session.place_en))
    entry.add("description", pick(event.summary_zh, event.summary_en))
    entry.add("url", f"{base_url}/events/{event.id}")
    entry.add("sequence", session.version + event.version)
    entry.add("status", "CANCELLED" if occasion.is_cancelled else "CONFIRMED")
    return entry


def _changed_at(occasion: Occasion) -> datetime:
    """A moment that stays the same as long as nothing changes, so that two reads are the same bytes."""
    published = occasion.event.published_at or occasion.session.created_at
    return max(published, occasion.session.created_at).astimezone(UTC)


def entity_tag(content: bytes) -> str:
    """What the file is known by to whoever asks again."""
    return hashlib.sha256(content).hexdigest()[:32]
