"""Where somebody studied, to choose from and to name, in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from flask_babel import get_locale
from flask_babel import gettext as _

from talentsvc.people.labels import nationalities

CHINA = "CN"


def places() -> tuple[tuple[str, str], ...]:
    """China, its regions whose degrees are certified apart, then other countries."""
    return _places(str(get_locale()))


@lru_cache(maxsize=4)
def _places(_locale: str) -> tuple[tuple[str, str], ...]:
    """Kept by language: sorted and named anew they cost as much as the rest of the page."""
    regions = [("HK", _("Hong Kong, China")), ("MO", _("Macao, China")), ("TW", _("Taiwan, China"))]
    others = [pair for pair in nationalities() if pair[0] != CHINA]
    return ((CHINA, _("Mainland China")), *regions, *others)


def country_name(code: str) -> str:
    """The name of a nationality; an unknown code stands for itself."""
    return dict(nationalities()).get(code, code)


def place_name(code: str) -> str:
    """The name of a place of study; an unknown code stands for itself."""
    return dict(places()).get(code, code)
