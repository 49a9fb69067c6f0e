"""Cards at the desk: the list, and the page of one card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.audit.access_log import note_look
from talentsvc.audit.terms import LookKind, SubjectKind
from talentsvc.cards.desk import blueprint
from talentsvc.cards.desk.words import CAPACITY_WORDS
from talentsvc.cards.facing import face_of, unprintable
from talentsvc.cards.labels import CANCELLATIONS, CARD_ACTIONS, CARD_STATES, SUSPENSIONS
from talentsvc.cards.models import Card
from talentsvc.cards.queries.cards import (
    CardFilter,
    CardSheet,
    card_sheet,
    cards_on_list,
    events_with_officers,
    holder_of,
    replacement_of,
)
from talentsvc.cards.rules.cards import card_state_at, is_in_force, may_replace
from talentsvc.cards.rules.transitions import CARD_ACTORS, CARD_TRANSITIONS
from talentsvc.cards.serving import (
    code_of,
    missing_sentence,
    pdf_response,
    photo_response,
    web_face,
)
from talentsvc.cards.terms import ActorClass, CardAction, CardState
from talentsvc.core.clock import local_date, now
from talentsvc.extensions.database import db

#: In whose name an officer works on cards; the permission behind each class.
OFFICERS = ((ActorClass.CLERK, "cases.take_in"), (ActorClass.DECIDER, "cases.decide"))


@blueprint.get("/cards")
@requires("cards.read")
def cards() -> str:
    """Cards by state and last day; every filter is in the address."""
    wanted = _read_filter()
    at = now()
    page = cards_on_list(wanted, request.args.get("cursor"), at)
    return render_template(
        "cards/desk/cards.html",
        page=page,
        wanted=wanted,
        chips=_chips(wanted),
        states=CARD_STATES,
        state_of=lambda card: card_state_at(card.state, card.valid_until, at),
        days_left_of=lambda card: (card.valid_until - local_date(at)).days,
    )


def _read_filter() -> CardFilter:
    """The filter in the address; what it does not know, it ignores."""
    state = request.args.get("state")
    known = {member.value for member in CardState}
    return CardFilter(
        state=CardState(state) if state in known else None,
        is_expiring=state == "expiring",
        text=request.args.get("q", "").strip()[:100],
    )


def _chips(wanted: CardFilter) -> list[dict[str, Any]]:
    """All, by state, and those that end within ninety days."""
    words = [
        (None, _("All")),
        *((state.value, label) for state, label in CARD_STATES.items()),
        ("expiring", _("Ends within 90 days")),
    ]
    now_on = "expiring" if wanted.is_expiring else wanted.state.value if wanted.state else None
    return [
        {
            "label": label,
            "href": url_for("cards_desk.cards", **_given(q=wanted.text, state=value)),
            "is_on": value == now_on,
        }
        for value, label in words
    ]


def _given(**arguments: str | None) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if value}


@blueprint.get("/cards/<uuid:card_id>")
@requires("cards.read")
def card(card_id: UUID) -> str:
    """One card; opening it is written down first."""
    sheet = card_sheet(card_id)
    _note(LookKind.RECORD, card_id, "card")
    return render_template("cards/desk/card.html", **card_context(sheet))


def card_context(sheet: CardSheet) -> dict[str, Any]:
    """What the page of a card and the pages of its steps show."""
    at = now()
    state = sheet.state_at(at)
    person, document = holder_of(sheet.card)
    missing = unprintable(sheet) if is_in_force(state) else []
    return {
        "sheet": sheet,
        "card": sheet.card,
        "state": state,
        "person": person,
        "document": document,
        "face": web_face(sheet, state, url_for("cards_desk.card_photo", card_id=sheet.card.id)),
        "code": code_of(face_of(sheet)),
        "offers": offers(sheet.card, state),
        "events": events_with_officers(sheet.card.id),
        "replaces": db.session.get(Card, sheet.card.replaces_id)
        if sheet.card.replaces_id
        else None,
        "replaced_by": replacement_of(sheet.card.id),
        "missing": missing_sentence(missing) if missing else "",
        "capacity_words": CAPACITY_WORDS,
        "labels": {
            "states": CARD_STATES,
            "actions": CARD_ACTIONS,
            "suspensions": SUSPENSIONS,
            "cancellations": CANCELLATIONS,
        },
    }


def officer_classes() -> frozenset[ActorClass]:
    """In whose name this officer may work on cards."""
    return frozenset(
        actor_class for actor_class, permission in OFFICERS if current_actor.may(permission)
    )


def offers(card: Card, state: CardState) -> list[CardAction]:
    """The steps this officer could take with a card now."""
    if not current_actor.may("cards.manage") or current_actor.person_id == card.person_id:
        return []
    classes = officer_classes()
    return [
        action
        for action in CARD_TRANSITIONS.actions_from(state)
        if classes & CARD_ACTORS[action]
        and (action is not CardAction.REPLACE or may_replace(state, card.suspension_reason))
    ]


@blueprint.get("/cards/<uuid:card_id>/photo")
@requires("cards.read")
def card_photo(card_id: UUID) -> Any:
    """The photo on a card."""
    sheet = card_sheet(card_id)
    _note(LookKind.FILE, card_id, "photo")
    return photo_response(sheet.card)


@blueprint.get("/cards/<uuid:card_id>/card.pdf")
@requires("cards.manage")
def card_document(card_id: UUID) -> Any:
    """The card on paper, to hand over."""
    sheet = card_sheet(card_id)
    _note(LookKind.FILE, card_id, "pdf")
    return pdf_response(sheet, at=now())


def _note(kind: LookKind, card_id: UUID, detail: str) -> None:
    actor = acting()
    note_look(kind, SubjectKind.CARD, card_id, detail, actor=actor, acting_as=actor.acting_as)
