"""Countries and regions to choose from, in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _

from talentsvc.core.names import sort_key

#: Codes of CLDR that name no country: unions, test codes, parts and islands without people.
_NO_COUNTRIES = frozenset(
    {"AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "QO", "TA", "TF", "UM", "UN"}
    | {"XA", "XB", "XK", "ZZ"}
)
CHINA = "CN"
REGIONS = ("HK", "MO", "TW")


def nationalities() -> list[tuple[str, str]]:
    """Nationalities by ISO 3166-1 alpha-2, China first. Hong Kong, Macao and Taiwan have none of their own."""
    return [("", _("Choose")), (CHINA, _name(CHINA)), *_others(str(get_locale()))]


def places() -> list[tuple[str, str]]:
    """Where somebody studied: China, its regions whose degrees are certified apart, other countries."""
    regions = [("HK", _("Hong Kong, China")), ("MO", _("Macao, China")), ("TW", _("Taiwan, China"))]
    return [("", _("Choose")), (CHINA, _("Mainland China")), *regions, *_others(str(get_locale()))]


def country_name(code: str) -> str:
    """The name of a country or region; an unknown code stands for itself."""
    return dict(places()).get(code, code) if code != CHINA else _name(CHINA)


def _name(code: str) -> str:
    locale = get_locale() or Locale("zh", "CN", script="Hans")
    return str(locale.territories[code])


@lru_cache(maxsize=4)
def _others(locale_name: str) -> list[tuple[str, str]]:
    locale = Locale.parse(locale_name)
    names = [
        (code, name)
        for code, name in locale.territories.items()
        if len(code) == 2 and code not in _NO_COUNTRIES | {CHINA, *REGIONS}
    ]
    return sorted(names, key=lambda pair: sort_key(pair[1]))
