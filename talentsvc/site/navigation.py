"""Navigation of the public side and the desk: what this person may open, and where they are."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from talentsvc.access.actor import current_actor
from talentsvc.extensions.language import is_chinese
from talentsvc.settings import Settings


@dataclass(frozen=True)
class NavigationItem:
    """One link; `count` says how much waits behind it, capped by the query that counted."""

    label: str
    href: str
    is_current: bool
    count: str = ""


class Zone:
    """The zone's names and where its window is, in the reader's language."""

    def __init__(self, settings: Settings) -> None:
        self.name_zh = settings.zone_name_zh
        self.name_en = settings.zone_name_en
        self._window_zh = settings.window_zh
        self._window_en = settings.window_en

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_zh if is_chinese() else self.name_en

    @property
    def window(self) -> str:
        """Where people come in person: place and hours."""
        return self._window_zh if is_chinese() else self._window_en


def zone(settings: Settings) -> Zone:
    """The zone of these settings."""
    return Zone(settings)


#: endpoint, label, permission; a link appears when its route exists and the person may open it.
PUBLIC = (
    ("policy.precheck", _l("Can I apply?"), "public"),
    ("events.calendar", _l("Events"), "public"),
    ("cards.my_applications", _l("My applications"), "applications.own"),
    ("cards.my_cards", _l("My card"), "cards.own"),
    ("events.my_visits", _l("My events"), "visits.own"),
    ("employers.home", _l("My company"), "account.manage"),
    ("cards.public_notices", _l("Public notices"), "public"),
    ("cards.verify_form", _l("Check a card"), "public"),
)
DESK = (
    ("desk.home", _l("My work"), "desk.open"),
    ("cards_desk.board", _l("Cases"), "cases.read"),
    ("cards_desk.cards", _l("Cards"), "cards.read"),
    ("people_desk.search", _l("Persons"), "cases.read"),
    ("events_desk.board", _l("Events"), "events.read"),
    ("employers_desk.board", _l("Employers"), "employers.read"),
    ("desk.tasks", _l("Tasks"), "tasks.settle"),
    ("desk.deliveries_page", _l("Messages sent"), "notices.read"),
    ("desk.notice_kinds", _l("Message templates"), "notices.preview"),
    ("calendar_desk.years", _l("Working days"), "calendar.read"),
    ("policy_desk.rule_sets", _l("Rules"), "policy.read"),
    ("accounts_desk.grants", _l("Roles"), "accounts.grant"),
    ("desk.record", _l("Record"), "audit.read"),
    ("desk.operation", _l("Operation"), "system.operate"),
)


def navigation() -> list[NavigationItem]:
    """The links for the current person and side."""
    is_desk = request.path.startswith("/desk")
    items = []
    for endpoint, label, permission in DESK if is_desk else PUBLIC:
        if endpoint in current_app.view_functions and current_actor.may(permission):
            items.append(
                NavigationItem(str(label), url_for(endpoint), request.endpoint == endpoint)
            )
    if is_desk:
        return items
    if current_actor.is_staff:
        items.append(NavigationItem(_("Desk"), url_for("desk.home"), False))
    return items
