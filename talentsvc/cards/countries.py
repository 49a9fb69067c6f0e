"""Where somebody studied, to choose from and to name, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from talentsvc.people.labels import nationalities

CHINA = "CN"


def places() -> list[tuple[str, str]]:
    """China, its regions whose degrees are certified apart, then other countries."""
    regions = [("HK", _("Hong Kong, China")), ("MO", _("Macao, China")), ("TW", _("Taiwan, China"))]
    others = [pair for pair in nationalities() if pair[0] != CHINA]
    return [(CHINA, _("Mainland China")), *regions, *others]


def country_name(code: str) -> str:
    """The name of a nationality; an unknown code stands for itself."""
    return dict(nationalities()).get(code, code)


def place_name(code: str) -> str:
    """The name of a place of study; an unknown code stands for itself."""
    return dict(places()).get(code, code)
