"""The holder's own card: to show, to print, to report lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.cards.actions.report_loss import report_loss
from talentsvc.cards.facing import face_of
from talentsvc.cards.forms.card import LossForm
from talentsvc.cards.labels import CANCELLATIONS, CARD_ACTIONS, CARD_STATES, SUSPENSIONS
from talentsvc.cards.queries.cards import (
    CardSheet,
    card_to_show,
    events_of_cards,
    other_cards_page,
    own_card,
)
from talentsvc.cards.serving import code_of, pdf_response, photo_response, web_face
from talentsvc.cards.terms import ActorClass
from talentsvc.cards.views import blueprint
from talentsvc.core.clock import now
from talentsvc.core.paging import PageOf


@blueprint.get("/cards")
@requires("cards.own")
def my_cards() -> str:
    """The card that runs, large, with its code; other ones below, page by page. Three queries at most."""
    at, person_id = now(), current_actor.person_id
    shown = card_to_show(person_id, at)
    page: PageOf[CardSheet] = PageOf((), None, None)
    if shown is not None:
        page = other_cards_page(person_id, shown.card.id, request.args.get("cursor"))
    sheets = [shown, *page.items] if shown else []
    return render_template(
        "cards/card/my_cards.html",
        at=at,
        sheet=shown,
        page=page,
        events=events_of_cards([sheet.card.id for sheet in sheets]) if sheets else {},
        **(_around(shown, at) if shown else {}),
        labels={
            "states": CARD_STATES,
            "actions": CARD_ACTIONS,
            "suspensions": SUSPENSIONS,
            "cancellations": CANCELLATIONS,
        },
    )


def _around(sheet: CardSheet, at: datetime) -> dict[str, Any]:
    """The web card, its code and the button that reports it lost."""
    photo = url_for("cards.card_photo", card_id=sheet.card.id)
    state, code = sheet.state_at(at), code_of(face_of(sheet))
    return {
        "state": state,
        "face": web_face(sheet, state, photo, code["src"]),
        "code": code,
        "form": LossForm(version=str(sheet.card.version)),
    }


@blueprint.get("/cards/<uuid:card_id>/photo")
@requires("cards.own")
def card_photo(card_id: UUID) -> Any:
    """One's own photo."""
    return photo_response(own_card(card_id, current_actor.person_id).card)


@blueprint.get("/cards/<uuid:card_id>/card.pdf")
@requires("cards.own")
def card_document(card_id: UUID) -> Any:
    """One's own card on paper."""
    return pdf_response(own_card(card_id, current_actor.person_id), at=now())


@blueprint.post("/cards/<uuid:card_id>/loss")
@requires("cards.own")
def report_my_loss(card_id: UUID) -> Any:
    """The holder reports the card lost: from this moment the number opens nothing."""
    form = LossForm()
    report_loss(
        card_id,
        actor=acting(),
        actor_class=ActorClass.APPLICANT,
        at=now(),
        expected_version=form.expected_version(),
    )
    flash(_("Reported lost. The number is out of use from this moment."), "success")
    return redirect(url_for("cards.my_cards"), 303)
