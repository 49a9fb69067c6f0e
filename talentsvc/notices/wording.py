"""How values stand in the texts of messages, and how a text is laid out as a mail."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

#: Characters that turn the direction of what follows, so that a subject reads as something else.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: An address ends before the first character that is not ASCII: Chinese text sets no blank after it.
_ADDRESS = re.compile(r"https?://[!#-&(-;=?-~]+")
#: A reference or number that a reader copies; it is not to break at its hyphens.
_REFERENCE = re.compile(r"\bGX[A-Z]-[0-9]{4}-[0-9]+-[0-9A-Z*]")
_CODE = re.compile(r"[0-9]{4,8}")
_ACTION = re.compile(
    r"(?P<label>[^\n:：.。,，;；!！?？]{1,50})[:：] ?(?P<address>https?://[!#-&(-;=?-~]+)"
)


def day(text: str, language: str) -> str:
    """2026年11月23日 or 23 November 2026, from an ISO date; anything else as it is."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return text
    if language == "zh":
        return f"{found.year}年{found.month}月{found.day}日"
    return str(format_date(found, "d MMMM yyyy", locale="en"))


def greet(name: str, language: str) -> str:
    """The first line of a letter; the name may be unknown yet."""
    name = name.strip()
    if language == "zh":
        return f"{name}，您好！" if name else "您好！"
    return f"Hello {name}," if name else "Hello,"


def one_line(text: str) -> str:
    """Text for a header: a name with a line break in it adds no header of its own."""
    visible = "".join(
        " " if unicodedata.category(char) == "Cc" else char for char in _TURNING.sub("", text)
    )
    return " ".join(visible.split())


@dataclass(frozen=True)
class Piece:
    """A stretch of text: the address it leads to if it is one of ours, and whether it must not break."""

    text: str
    href: str | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph by its lines; a one-time code; or, when it is only "label: address", a button."""

    lines: tuple[tuple[Piece, ...], ...] = ()
    code: str = ""
    label: str = ""
    href: str = ""


def blocks(text: str, base_url: str) -> list[Block]:
    """Cut a body into paragraphs and buttons.

    Only addresses below `base_url` become links: a reason that somebody typed may hold another one,
    and a mail of the office must not lend it weight.
    """
    paragraphs = (paragraph.strip("\n") for paragraph in re.split(r"\n\s*\n", text))
    return [_block(paragraph, base_url) for paragraph in paragraphs if paragraph.strip()]


def whole_references(text: str) -> tuple[Piece, ...]:
    """Cut out what must not break at the end of a line."""
    pieces, end = [], 0
    for found in _REFERENCE.finditer(text):
        pieces += [Piece(text[end : found.start()]), Piece(found.group(), is_whole=True)]
        end = found.end()
    return tuple(piece for piece in [*pieces, Piece(text[end:])] if piece.text)


def _block(paragraph: str, base_url: str) -> Block:
    action = _ACTION.fullmatch(paragraph.strip())
    if action and _is_ours(action["address"], base_url):
        return Block(label=action["label"].strip(), href=action["address"])
    if _CODE.fullmatch(paragraph.strip()):
        return Block(code=paragraph.strip())
    return Block(tuple(_pieces(line, base_url) for line in paragraph.split("\n")))


def _pieces(line: str, base_url: str) -> tuple[Piece, ...]:
    pieces, end = list[Piece](), 0
    for found in _ADDRESS.finditer(line):
        address = found.group().rstrip(".,;:!?)")
        if not _is_ours(address, base_url):
            continue
        pieces += [*whole_references(line[end : found.start()]), Piece(address, address)]
        end = found.start() + len(address)
    return (*pieces, *whole_references(line[end:]))


def _is_ours(address: str, base_url: str) -> bool:
    return address == base_url or address.startswith(f"{base_url}/")
