"""Whether a card is valid now, for anyone who holds its code; the least that answers the question."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from talentsvc.access.route import requires
from talentsvc.cards.forms.card import VerifyForm
from talentsvc.cards.labels import CARD_STATES
from talentsvc.cards.printing.codes import nonce_as_typed
from talentsvc.cards.queries.cards import CardSheet, scanned_card
from talentsvc.cards.views import blueprint
from talentsvc.core.clock import now
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.masking import mask_name
from talentsvc.core.references import InvalidReference, ReferenceKind, parse_reference
from talentsvc.extensions.guards import limiter

#: A guard at a door scans often; nobody finds 96 random bits by asking (decisions.md, "Identity").
SCANS = "120 per minute"
TYPED = "20 per minute"


@blueprint.get("/v/<nonce>")
@limiter.limit(SCANS)
@requires("public")
def verify(nonce: str) -> Any:
    """What the QR code opens. The state is worked out from the card's days; no job need have run."""
    try:
        sheet = scanned_card(nonce_as_typed(nonce))
    except NotFoundHere:
        return render_template("cards/card/verify_unknown.html", at=now()), 404
    return render_template("cards/card/verify.html", **shown(sheet))


def shown(sheet: CardSheet) -> dict[str, Any]:
    """All that a stranger gets to see of a card."""
    at = now()
    state = sheet.state_at(at)
    return {
        "at": at,
        "state": state,
        "state_label": CARD_STATES[state],
        "name": mask_name(sheet.holder),
        "tier": sheet.card.tier,
        "number": sheet.card.number,
        "valid_until": sheet.card.valid_until,
        "is_example": sheet.is_example,
    }


@blueprint.get("/verify")
@requires("public")
def verify_form() -> str:
    """How to check a card, and a form for a code that a camera cannot read."""
    return render_template("cards/card/verify_form.html", form=VerifyForm())


@blueprint.post("/verify")
@limiter.limit(TYPED)
@requires("public")
def verify_typed() -> Any:
    """Check a typed code; a number that does not belong to it is as wrong as no code at all."""
    form = VerifyForm()
    if form.was_sent():
        sheet = _typed_card(form)
        if sheet is not None:
            return redirect(url_for("cards.verify", nonce=sheet.card.nonce), 303)
        form.code.errors = [
            _(
                "We issued no card with this code, or the number is another card's. Compare both again."
            )
        ]
    return render_template("cards/card/verify_form.html", form=form), 422


def _typed_card(form: VerifyForm) -> CardSheet | None:
    number = None
    if (form.number.data or "").strip():
        try:
            reference = parse_reference(form.number.data or "")
        except InvalidReference:
            return None
        if reference.kind is not ReferenceKind.CARD:
            return None
        number = reference.text
    try:
        return scanned_card(nonce_as_typed(form.code.data or ""), number)
    except NotFoundHere:
        return None
