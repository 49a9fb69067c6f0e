"""The card as a PDF: both faces in their true size and a sheet of A4, the same bytes for the same card.

PDF/A-2b, since people keep it for years; that profile also refuses any character without a glyph,
which makes it the second lock behind `missing_glyphs`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from talentsvc.cards.printing.codes import check_code, verify_url
from talentsvc.cards.printing.fonts import FontSet, typst_fonts
from talentsvc.cards.printing.glyphs import families_for, missing_glyphs
from talentsvc.core.qr import qr_svg

_TEMPLATE = Path(__file__).with_name("card.typ")
#: One compiler serves the process; it keeps its caches and is not made for two threads at once.
_one_at_a_time = Lock()


class MissingGlyphs(Exception):
    """No font of this machine holds these characters; the card is not printed with a hole."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        super().__init__(" ".join(f"U+{ord(char):04X}" for char in characters))


@dataclass(frozen=True)
class CardFace:
    """Everything that is printed. `photo` is a JPEG or PNG, `base_url` the public address."""

    zone_zh: str
    zone_en: str
    name: str
    employer: str
    tier: str
    number: str
    reference: str
    valid_from: date
    valid_until: date
    issued_on: date
    nonce: str
    base_url: str
    is_example: bool
    photo: bytes | None = None

    @property
    def texts(self) -> str:
        """All words that come from people, to be checked for glyphs."""
        return "".join((self.name, self.employer, self.zone_zh, self.zone_en))


def card_pdf(face: CardFace, fonts: FontSet) -> bytes:
    """Print a card; 0.1 s, the first time up to 2 s. Errors: MissingGlyphs."""
    missing = missing_glyphs(face.texts, fonts)
    if missing:
        raise MissingGlyphs(missing)
    with _one_at_a_time:
        printed: bytes = _compiler(fonts).compile(
            _TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"card": json.dumps(_printed(face, fonts), ensure_ascii=False)},
            pdf_standards=["a-2b"],
            timestamp=int(_issued_at(face).timestamp()),
        )
    return printed


@lru_cache(maxsize=4)
def _compiler(fonts: FontSet) -> Any:
    import typst

    return typst.Compiler(font_paths=typst_fonts(fonts.folders), ignore_system_fonts=True)


def _printed(face: CardFace, fonts: FontSet) -> dict[str, Any]:
    """What the template reads: text and numbers, no markup."""
    url = verify_url(face.base_url, face.nonce)
    values = asdict(face) | {
        "name": unicodedata.normalize("NFC", face.name),
        "work": unicodedata.normalize("NFC", face.employer),
        "valid_from": face.valid_from.isoformat(),
        "valid_until": face.valid_until.isoformat(),
        "issued_on": face.issued_on.isoformat(),
        "photo": list(face.photo) if face.photo else None,
        "url": url,
        "verify_page": f"{face.base_url}/verify".split("://", 1)[-1],
        "code": check_code(face.nonce),
        "qr": qr_svg(url),
        "fonts": list(fonts.families),
        "name_fonts": list(families_for(face.name, fonts)),
        "is_name_latin": not any(unicodedata.east_asian_width(char) in "WF" for char in face.name),
    }
    return values


def _issued_at(face: CardFace) -> datetime:
    """A fixed time of the document: its day of issue, so that printing twice gives the same bytes."""
    return datetime(face.issued_on.year, face.issued_on.month, face.issued_on.day, tzinfo=UTC)
