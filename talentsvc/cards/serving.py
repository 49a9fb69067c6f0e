"""Giving a card out: its PDF and its photo, or a sentence why not."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Response, make_response, render_template, send_file
from flask_babel import gettext as _

from talentsvc.cards.facing import card_fonts, face_of, portrait_bytes, portrait_of
from talentsvc.cards.labels import CARD_STATES
from talentsvc.cards.models import Card
from talentsvc.cards.printing.codes import check_code, verify_url
from talentsvc.cards.printing.document import CardFace, MissingGlyphs, card_pdf
from talentsvc.cards.queries.cards import CardSheet
from talentsvc.cards.rules.cards import is_in_force
from talentsvc.cards.terms import CardState
from talentsvc.core.errors import NotFoundHere
from talentsvc.core.qr import qr_data_uri
from talentsvc.employers.labels import INDUSTRIES
from talentsvc.files.refusals import not_ready_sentence
from talentsvc.files.rules.previews import VIEW
from talentsvc.files.rules.readiness import FileNotReady
from talentsvc.files.serving import file_response
from talentsvc.files.terms import ScanState


def pdf_response(sheet: CardSheet, *, at: datetime) -> Response:
    """The card as a PDF to keep or print.

    409 with a sentence for a card that is not in force, whose photo is not checked yet, or whose
    name has a character that no font here has: a card with a hole is never printed.
    """
    if not is_in_force(sheet.state_at(at)):
        return _not_printed(_("Only a card that is in force can be printed."))
    try:
        data = card_pdf(face_of(sheet, portrait_bytes(sheet.card)), card_fonts())
    except FileNotReady as error:
        return _not_printed(_("The photo: %(why)s", why=not_ready_sentence(error.scan_state)))
    except MissingGlyphs as error:
        return _not_printed(missing_sentence(error.characters))
    return send_file(
        BytesIO(data),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{sheet.card.number}.pdf",
        etag=False,
    )


def _not_printed(sentence: str) -> Response:
    return make_response(render_template("cards/card/not_printed.html", sentence=sentence), 409)


def missing_sentence(characters: tuple[str, ...] | list[str]) -> str:
    """What to say about characters that no font has."""
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters)
    sentence: str = _(
        "This card cannot be printed yet: our fonts lack %(characters)s. The card is valid and its "
        "code works; the window has been told and installs a font.",
        characters=named,
    )
    return sentence


def photo_response(card: Card) -> Response:
    """The photo as a picture we drew ourselves. Errors: NotFoundHere for a card without one."""
    stored = portrait_of(card)
    if stored is None:
        raise NotFoundHere()
    return file_response(stored, variant=VIEW)


def web_face(
    sheet: CardSheet, state: CardState, photo_src: str, qr_src: str | None = None
) -> dict[str, Any]:
    """The card as the macro `gcard` reads it.

    The photo stands there only once the scanner called it clean, the code only while it is good.
    """
    card, portrait = sheet.card, portrait_of(sheet.card)
    shows_photo = portrait is not None and portrait.scan_state is ScanState.CLEAN
    return {
        "name": sheet.holder,
        "employer": sheet.employer,
        "industry": INDUSTRIES[sheet.industry] if sheet.industry else None,
        "number": card.number,
        "tier": card.tier,
        "valid_to": card.valid_until,
        "photo_src": photo_src if shows_photo else None,
        "qr_src": qr_src if is_in_force(state) else None,
        "state": state,
        "state_label": CARD_STATES[state],
    }


def code_of(face: CardFace) -> dict[str, str]:
    """The code of a card for a page: its address, the picture of it, and as people type it."""
    url = verify_url(face.base_url, face.nonce)
    return {"url": url, "src": qr_data_uri(url), "typed": check_code(face.nonce)}
