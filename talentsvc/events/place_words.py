"""The words for where an event is held."""

from __future__ import annotations

from talentsvc.events.rules.cities import CITIES
from talentsvc.extensions.language import pick


def city_name(code: str) -> str:
    """A city's name in the reader's language; a code that is no longer listed is shown as it is."""
    city = CITIES.get(code)
    return pick(city.zh, city.en) if city else code
