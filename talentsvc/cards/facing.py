"""What stands on a card's face: its words, its photo, and whether a font has every character of it."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app

from talentsvc.access.roles import Role
from talentsvc.audit.terms import SubjectKind
from talentsvc.cards.models import Card
from talentsvc.cards.printing.document import CardFace
from talentsvc.cards.printing.fonts import FontSet, fonts_in
from talentsvc.cards.printing.glyphs import missing_glyphs
from talentsvc.cards.queries.cards import CardSheet, card_sheet
from talentsvc.core.clock import local_date
from talentsvc.extensions.database import db
from talentsvc.files.models import StoredFile
from talentsvc.files.queries import file_bytes
from talentsvc.settings import Settings
from talentsvc.tasks.actions.open_task import open_task
from talentsvc.tasks.terms import TaskKind


def face_of(sheet: CardSheet, photo: bytes | None = None) -> CardFace:
    """Everything that is printed on a card."""
    settings, card = _settings(), sheet.card
    return CardFace(
        zone_zh=settings.zone_name_zh,
        zone_en=settings.zone_name_en,
        name=sheet.holder,
        employer=sheet.employer,
        tier=card.tier.value,
        number=card.number,
        reference=sheet.reference,
        valid_from=card.valid_from,
        valid_until=card.valid_until,
        issued_on=local_date(card.issued_at),
        nonce=card.nonce,
        base_url=settings.public_base_url,
        is_example=sheet.is_example,
        photo=photo,
    )


def portrait_of(card: Card) -> StoredFile | None:
    """The photo of a card, unless it has none or its time of keeping is over."""
    if card.photo_file_id is None:
        return None
    stored = db.session.get(StoredFile, card.photo_file_id)
    return stored if stored is not None and stored.removed_at is None else None


def portrait_bytes(card: Card) -> bytes | None:
    """The photo itself. Errors: FileNotReady while the scanner has not called it clean."""
    stored = portrait_of(card)
    return None if stored is None else file_bytes(stored)


def card_fonts() -> FontSet:
    """The fonts that this installation prints cards with."""
    return fonts_in(_settings().font_dir)


def unprintable(sheet: CardSheet) -> list[str]:
    """The characters of a card's face that no font here has."""
    return missing_glyphs(face_of(sheet).texts, card_fonts())


def report_unprintable(card: Card, *, at: datetime) -> bool:
    """Put a card that cannot be printed before the window. Tells whether there was need to.

    The card is valid all the same: it is in force, its web card shows, its code verifies. The task
    names no character, since a rare one can tell who it is; the card's page at the desk does.
    """
    if not unprintable(card_sheet(card.id)):
        return False
    open_task(
        TaskKind.CARD_GLYPHS,
        owner=Role.CLERK,
        subject_kind=SubjectKind.CARD.value,
        subject_id=card.id,
        at=at,
        params={"number": card.number},
    )
    return True


def _settings() -> Settings:
    return cast(Settings, current_app.config["SETTINGS"])
